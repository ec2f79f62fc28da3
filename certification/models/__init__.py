"""What certification remembers: criteria and area, steps and evidence, applications, certificates, audit."""

from .application import Application, ConflictOfInterest
from .audit import AuditEntry
from .certificate import Certificate, NumberSeries
from .evidence import Evidence, WorkplaceCheck
from .programme import CriteriaVersion, ProgrammeArea, RegisterEntry
from .steps import ProductionStep

__all__ = [
    "Application", "AuditEntry", "Certificate", "ConflictOfInterest", "CriteriaVersion", "Evidence",
    "NumberSeries", "ProductionStep", "ProgrammeArea", "RegisterEntry", "WorkplaceCheck",
]  # fmt: skip
