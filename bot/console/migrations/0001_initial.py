import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('conversations', '0003_open_messages'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CannedReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title_vi', models.CharField(max_length=80)),
                ('title_en', models.CharField(max_length=80)),
                ('text_vi', models.TextField()),
                ('text_en', models.TextField()),
                ('position', models.PositiveIntegerField(default=100)),
            ],
            options={
                'verbose_name_plural': 'canned replies',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Label',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='turn', serialize=False, to='conversations.message')),
                ('at', models.DateTimeField(db_index=True)),
                ('day', models.DateField()),
                ('hour', models.PositiveSmallIntegerField()),
                ('channel', models.CharField(choices=[('web', 'Web'), ('telegram', 'Telegram')], max_length=10)),
                ('language', models.CharField(blank=True, max_length=2)),
                ('intent', models.CharField(blank=True, max_length=40)),
                ('confidence', models.FloatField(blank=True, null=True)),
                ('margin', models.FloatField(blank=True, null=True)),
                ('outcome', models.CharField(choices=[('answered', 'Answered'), ('asked', 'Asked'), ('refused', 'Refused'), ('handed', 'Handed'), ('staff', 'Staff'), ('failed', 'Failed'), ('open', 'Open')], max_length=10)),
                ('record', models.CharField(blank=True, max_length=100)),
                ('record_kind', models.CharField(blank=True, max_length=20)),
                ('aspect', models.CharField(blank=True, max_length=20)),
                ('action', models.CharField(blank=True, max_length=60)),
                ('model', models.CharField(blank=True, max_length=100)),
                ('milliseconds', models.PositiveIntegerField(blank=True, null=True)),
                ('pressed', models.BooleanField(default=False)),
                ('test', models.BooleanField(default=False)),
                ('demonstration', models.BooleanField(default=False)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turns', to='conversations.conversation')),
            ],
            options={
                'ordering': ['message_id'],
            },
        ),
        migrations.CreateModel(
            name='Deed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(max_length=40)),
                ('subject', models.CharField(blank=True, db_index=True, max_length=120)),
                ('details', models.JSONField(default=dict)),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='FailedSignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'at'], name='console_fai_key_9a4550_idx')],
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='judgement', serialize=False, to='conversations.message')),
                ('verdict', models.CharField(choices=[('right', 'Right'), ('wrong_record', 'Wrong Record'), ('wrong_language', 'Wrong Language'), ('should_have_asked', 'Should Have Asked'), ('should_have_refused', 'Should Have Refused'), ('content_missing', 'Content Missing')], max_length=20)),
                ('right_intent', models.CharField(blank=True, max_length=40)),
                ('right_record', models.CharField(blank=True, max_length=100)),
                ('right_aspect', models.CharField(blank=True, max_length=20)),
                ('remark', models.TextField(blank=True)),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('conversation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='case', serialize=False, to='conversations.conversation')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                ('test', models.BooleanField(default=False)),
                ('demonstration', models.BooleanField(default=False)),
                ('seen', models.DateTimeField(blank=True, null=True)),
                ('started_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('last_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('questions', models.PositiveIntegerField(default=0)),
                ('first_question', models.CharField(blank=True, max_length=300)),
                ('languages', models.CharField(blank=True, max_length=5)),
                ('lowest_confidence', models.FloatField(blank=True, null=True)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('handoffs', models.CharField(blank=True, max_length=60)),
                ('assigned_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('labels', models.ManyToManyField(blank=True, related_name='cases', to='console.label')),
            ],
            options={
                'permissions': [('read_conversations', 'Can read conversations'), ('export_conversations', 'Can export conversations'), ('annotate_conversations', 'Can label, note, assign and mark conversations'), ('judge_answers', 'Can judge answers'), ('see_insights', 'Can see the figures'), ('handle_inquiries', 'Can handle inquiries'), ('write_canned_replies', 'Can write canned replies'), ('teach', 'Can propose training examples'), ('approve_examples', 'Can approve training examples'), ('train_models', 'Can train, promote and roll back models'), ('manage_accounts', 'Can manage accounts'), ('read_audit', 'Can read the audit log')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='conversations.conversation')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('query', models.TextField()),
                ('shared', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('owner', 'name'), name='saved_filter_once')],
            },
        ),
        migrations.CreateModel(
            name='SearchText',
            fields=[
                ('turn', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search', serialize=False, to='console.turn')),
                ('folded', models.TextField()),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.conversation')),
            ],
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['day', 'outcome'], name='console_tur_day_da2d3f_idx'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['conversation', 'message'], name='console_tur_convers_c18795_idx'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['record', 'day'], name='console_tur_record_d8ebb5_idx'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['intent', 'day'], name='console_tur_intent_9bb60f_idx'),
        ),
    ]
