"""What certification remembers: criteria and area, steps and evidence, applications, certificates, audit."""

from .aftercare import Appeal, Complaint, SurveillanceCheck, SurveillanceDraw
from .application import Application, ConflictOfInterest
from .audit import AuditEntry, AuditHead, AuditPrivate
from .casework import Message, PanelMember, SiteVisit
from .certificate import Certificate, CertifiedProduct, NumberSeries
from .evidence import Evidence, WorkplaceCheck
from .programme import CriteriaVersion, ProgrammeArea, RegisterEntry
from .selfcheck import SelfCheck
from .steps import LineMember, ProductionStep
from .touched import TouchedProduct

__all__ = [
    "Appeal", "Application", "AuditEntry", "AuditHead", "AuditPrivate", "Certificate", "CertifiedProduct",
    "Complaint", "ConflictOfInterest", "CriteriaVersion", "Evidence", "LineMember", "Message", "NumberSeries",
    "PanelMember", "ProductionStep", "ProgrammeArea", "RegisterEntry", "SelfCheck", "SiteVisit",
    "SurveillanceCheck", "SurveillanceDraw", "TouchedProduct", "WorkplaceCheck",
]  # fmt: skip
