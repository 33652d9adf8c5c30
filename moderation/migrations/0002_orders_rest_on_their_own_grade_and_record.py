"""An order's grade and record are of the order's own comment, and its level is its grade's: held by foreign keys."""

from django.db import migrations

FORWARD = """
ALTER TABLE moderation_grade ADD CONSTRAINT grade_with_comment_and_level UNIQUE (id, comment_id, level);
ALTER TABLE moderation_retainedrecord ADD CONSTRAINT record_with_comment_and_grade UNIQUE (id, comment_id, grade_id);
ALTER TABLE moderation_grade ADD CONSTRAINT grade_with_comment UNIQUE (id, comment_id);
ALTER TABLE moderation_commentorder
    ADD CONSTRAINT order_grade_is_of_its_comment FOREIGN KEY (grade_id, comment_id)
        REFERENCES moderation_grade (id, comment_id),
    ADD CONSTRAINT order_level_is_its_grades FOREIGN KEY (grade_id, comment_id, level)
        REFERENCES moderation_grade (id, comment_id, level),
    ADD CONSTRAINT order_record_is_of_its_comment_and_grade FOREIGN KEY (record_id, comment_id, grade_id)
        REFERENCES moderation_retainedrecord (id, comment_id, grade_id);
ALTER TABLE moderation_retainedrecord
    ADD CONSTRAINT record_grade_is_of_its_comment FOREIGN KEY (grade_id, comment_id)
        REFERENCES moderation_grade (id, comment_id);
ALTER TABLE moderation_case
    ADD CONSTRAINT case_grade_is_of_its_comment FOREIGN KEY (grade_id, comment_id)
        REFERENCES moderation_grade (id, comment_id),
    ADD CONSTRAINT case_level_is_its_grades FOREIGN KEY (grade_id, comment_id, level)
        REFERENCES moderation_grade (id, comment_id, level);
ALTER TABLE moderation_grade
    ADD CONSTRAINT grade_supersedes_one_of_its_comment FOREIGN KEY (supersedes_id, comment_id)
        REFERENCES moderation_grade (id, comment_id);
"""

BACKWARD = """
ALTER TABLE moderation_case DROP CONSTRAINT case_level_is_its_grades, DROP CONSTRAINT case_grade_is_of_its_comment;
ALTER TABLE moderation_retainedrecord DROP CONSTRAINT record_grade_is_of_its_comment;
ALTER TABLE moderation_commentorder
    DROP CONSTRAINT order_record_is_of_its_comment_and_grade,
    DROP CONSTRAINT order_level_is_its_grades,
    DROP CONSTRAINT order_grade_is_of_its_comment;
ALTER TABLE moderation_grade DROP CONSTRAINT grade_supersedes_one_of_its_comment;
ALTER TABLE moderation_grade DROP CONSTRAINT grade_with_comment;
ALTER TABLE moderation_retainedrecord DROP CONSTRAINT record_with_comment_and_grade;
ALTER TABLE moderation_grade DROP CONSTRAINT grade_with_comment_and_level;
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_comments_grades_records_orders")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
