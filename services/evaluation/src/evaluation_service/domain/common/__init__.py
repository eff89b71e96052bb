"""What every room uses: working days, evidence, who acted."""
