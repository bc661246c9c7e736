"""What a seat of an organization costs: the one place where a price stands."""

# Docker's price list (docker.com/pricing, Team plan, read in 2026): 15 US$ a person and month paid yearly, 16 paid
# monthly, before taxes. A school pays for a year.
SEAT_DOLLARS_PER_MONTH = 15
SEAT_DOLLARS_PAID_MONTHLY = 16
