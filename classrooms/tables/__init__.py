"""Tables on their way out: CSV and spreadsheets that every program opens alike and none runs."""
