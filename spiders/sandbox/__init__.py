"""A small rating site in a box: invented businesses, invented customers, and known truth about both."""
