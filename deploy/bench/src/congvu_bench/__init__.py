"""What the platform costs, as ratios against floors and peers measured in the same run."""
