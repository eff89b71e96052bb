"""Appeals, post-audits and the corrections they lead to."""
