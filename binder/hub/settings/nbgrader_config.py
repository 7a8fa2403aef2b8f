"""nbgrader's settings for everybody on the hub: where work is handed in, and that nobody else can read it."""

import os

c = get_config()  # noqa: F821  nbgrader gives this function

c.CourseDirectory.course_id = os.environ.get("FOOTHILLS_COURSE", "club")
c.Exchange.root = os.environ.get("FOOTHILLS_EXCHANGE", "/srv/nbgrader/exchange")
c.ExchangeFactory.submit = "grader.course.exchange.PrivateSubmit"
