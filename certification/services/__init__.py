"""Writes of certification, by who does them: applicants, evidence, reviewers, certificates, the programme."""
