"""What the pages about Docker Hub show, and what a person does there."""
