"""Official APIs of rating sites, asked with the client's own key: each a description, all through one client."""
