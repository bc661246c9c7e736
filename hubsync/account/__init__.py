"""The school's account on Docker Hub: connecting, testing, its sealed credential, what is the portal's, its images."""
