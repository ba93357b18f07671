"""From report to claims: triggers, roles, speakers, and the kinds of event they make."""
