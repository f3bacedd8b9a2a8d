"""What the ERP's SLOs have in common."""

from slogen import Service

RUNBOOK = "https://runbooks.company.com/slo-error-budget-burn-rate"

backend_api = Service("backend-api", owner="team-backend", runbook=RUNBOOK)
frontend = Service("frontend-app", owner="team-frontend", runbook=RUNBOOK)
database = Service("database", owner="team-data", runbook=RUNBOOK)
