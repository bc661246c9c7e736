from classrooms.access import all_marked

urlpatterns = all_marked([])
