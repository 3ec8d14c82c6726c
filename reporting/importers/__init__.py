"""Files into reporting: statuses from the existing system, and accounting figures."""
