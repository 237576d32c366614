-- A database as the first release wrote it: one mention answered, one waiting, one by hand, one skipped.
BEGIN;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE TABLE people (
    id text PRIMARY KEY,
    handle text NOT NULL,
    name text NOT NULL,
    picture_url text,
    followers bigint,
    muted bigint NOT NULL DEFAULT 0
);
CREATE TABLE posts (
    id text PRIMARY KEY,
    text text NOT NULL,
    author_id text NOT NULL REFERENCES people (id),
    created_at text NOT NULL,
    conversation_id text,
    in_reply_to_id text,
    in_reply_to_author_id text,
    quoted_id text,
    quoted_author_id text,
    repost bigint NOT NULL DEFAULT 0,
    mentioned_ids text NOT NULL DEFAULT '[]',
    language text
);
CREATE TABLE watches (
    id text PRIMARY KEY,
    kind text NOT NULL,
    label text NOT NULL,
    query text NOT NULL,
    cap bigint NOT NULL,
    channel text,
    paused bigint NOT NULL DEFAULT 0,
    seen_id text,
    seen_at text
);
CREATE TABLE watch_reads (
    watch_id text NOT NULL,
    day text NOT NULL,
    posts bigint NOT NULL,
    PRIMARY KEY (watch_id, day)
);
CREATE TABLE mentions (
    id text PRIMARY KEY REFERENCES posts (id),
    kind text NOT NULL,
    watch_id text NOT NULL,
    watch_label text NOT NULL,
    state text NOT NULL,
    came_from text,
    lane text NOT NULL,
    caught_at text NOT NULL,
    changed_at text NOT NULL,
    folded bigint NOT NULL DEFAULT 0,
    assignee text,
    snoozed_until text,
    reason text,
    note text,
    practice bigint NOT NULL DEFAULT 0
);
CREATE TABLE history (
    id text PRIMARY KEY,
    mention_id text NOT NULL REFERENCES mentions (id),
    place bigint NOT NULL,
    from_state text,
    to_state text NOT NULL,
    at text NOT NULL,
    reason text
);
CREATE TABLE suggestions (
    id text PRIMARY KEY,
    mention_id text NOT NULL REFERENCES mentions (id),
    round bigint NOT NULL,
    place bigint NOT NULL,
    text text NOT NULL,
    source text NOT NULL,
    move text NOT NULL DEFAULT '',
    checks text NOT NULL DEFAULT '[]',
    prompt_version text,
    created_at text NOT NULL,
    UNIQUE (mention_id, round, place)
);
CREATE TABLE decisions (
    id text PRIMARY KEY,
    mention_id text NOT NULL REFERENCES mentions (id),
    place bigint NOT NULL,
    kind text NOT NULL,
    member_id text NOT NULL,
    member_name text NOT NULL,
    at text NOT NULL,
    text text,
    suggestion_id text REFERENCES suggestions (id),
    change text
);
CREATE TABLE replies (
    id text PRIMARY KEY,
    mention_id text NOT NULL REFERENCES mentions (id),
    place bigint NOT NULL,
    decision_id text NOT NULL REFERENCES decisions (id),
    text text NOT NULL,
    state text NOT NULL,
    due_at text NOT NULL,
    member_id text NOT NULL,
    member_name text NOT NULL,
    attempted_at text,
    post_id text,
    reason text,
    looks bigint NOT NULL DEFAULT 0,
    duplicate bigint NOT NULL DEFAULT 0
);
CREATE TABLE jobs (
    id text PRIMARY KEY,
    kind text NOT NULL,
    key text NOT NULL UNIQUE,
    subject text,
    payload text NOT NULL,
    due_at text NOT NULL,
    again_at text,
    attempts bigint NOT NULL DEFAULT 0,
    version bigint NOT NULL DEFAULT 1,
    lease_owner text,
    lease_until text,
    error text
);
CREATE TABLE messages (
    key text PRIMARY KEY,
    channel text NOT NULL,
    thread_ts text,
    ts text,
    reserved_at text NOT NULL,
    attempted_at text,
    digest text
);
CREATE TABLE notices (
    key text PRIMARY KEY,
    sentence text NOT NULL,
    raised_at text NOT NULL,
    cleared_at text
);
CREATE TABLE costs (
    id text PRIMARY KEY,
    service text NOT NULL,
    kind text NOT NULL,
    purpose text NOT NULL,
    units bigint NOT NULL,
    micro_dollars bigint NOT NULL,
    day text NOT NULL,
    at text NOT NULL
);
CREATE TABLE billed_reads (
    day text NOT NULL,
    kind text NOT NULL,
    id text NOT NULL,
    PRIMARY KEY (day, kind, id)
);
CREATE TABLE voices (
    version bigint PRIMARY KEY,
    who text NOT NULL,
    how text NOT NULL,
    facts text NOT NULL,
    avoid text NOT NULL,
    member_id text NOT NULL,
    at text NOT NULL
);
CREATE TABLE playbooks (
    version bigint PRIMARY KEY,
    answers text NOT NULL,
    member_id text NOT NULL,
    at text NOT NULL
);
CREATE TABLE marks (name text PRIMARY KEY, value text NOT NULL);
CREATE TABLE members (id text PRIMARY KEY, name text NOT NULL, team_id text, tz text);
CREATE TABLE answers (number INTEGER PRIMARY KEY, 
    mention_id text NOT NULL UNIQUE REFERENCES mentions (id),
    their_text text NOT NULL,
    our_text text NOT NULL,
    at text NOT NULL
);
CREATE VIRTUAL TABLE answers_fts USING fts5 (
    their_text, content='answers', content_rowid='number',
    tokenize='unicode61 remove_diacritics 2'
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX people_by_handle ON people (lower(handle));
CREATE INDEX posts_by_author ON posts (author_id, created_at);
CREATE INDEX posts_by_parent ON posts (in_reply_to_id, author_id);
CREATE INDEX posts_between ON posts (in_reply_to_author_id, author_id, created_at);
CREATE INDEX posts_newest ON posts (author_id, length(id), id);
CREATE INDEX mentions_by_state ON mentions (state, folded, changed_at);
CREATE INDEX mentions_snoozed ON mentions (snoozed_until) WHERE state = 'snoozed';
CREATE INDEX history_by_mention ON history (mention_id, place);
CREATE INDEX decisions_by_mention ON decisions (mention_id, place);
CREATE INDEX decisions_by_time ON decisions (at);
CREATE UNIQUE INDEX one_open_reply ON replies (mention_id)
    WHERE state IN ('approved', 'sending', 'sent', 'unknown')
;
CREATE INDEX replies_by_mention ON replies (mention_id, place);
CREATE INDEX replies_by_state ON replies (state, attempted_at);
CREATE INDEX jobs_waiting ON jobs (kind, due_at) WHERE lease_until IS NULL;
CREATE INDEX jobs_leased ON jobs (lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX messages_by_ts ON messages (ts, channel);
CREATE INDEX costs_by_day ON costs (service, day);
INSERT INTO "_sqlite_migrations" VALUES(1,'greenroom','0001_mentions','2026-11-24 14:39:46.292529+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'greenroom','0002_work','2026-11-24 14:39:46.293044+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'greenroom','0003_similar','2026-11-24 14:39:46.293448+00:00');
INSERT INTO "people" VALUES('1027107264575510793','nell','nell','https://pictures.example/avatars/nell.png',0,0);
INSERT INTO "people" VALUES('1016471289649264334','juniperstcoffee','Juniper Street Coffee','https://pictures.example/avatars/juniperstcoffee.png',0,0);
INSERT INTO "people" VALUES('1034338075688114464','ruth','ruth','https://pictures.example/avatars/ruth.png',0,0);
INSERT INTO "people" VALUES('1031864580426620364','tess','tess','https://pictures.example/avatars/tess.png',0,0);
INSERT INTO "people" VALUES('1017241356525733316','wes','wes','https://pictures.example/avatars/wes.png',0,0);
INSERT INTO "posts" VALUES('2125237947505573888','@juniperstcoffee do you have oat milk?','1027107264575510793','2026-11-24T14:39:46.000000Z','2125237947505573888',NULL,NULL,NULL,NULL,0,'["1016471289649264334"]','en');
INSERT INTO "posts" VALUES('2125237949715972096','@nell Not sure we have oat milk right now, so I''m asking. Is it for today?','1016471289649264334','2026-11-24T14:39:46.000000Z','2125237947505573888','2125237947505573888','1027107264575510793',NULL,NULL,0,'["1027107264575510793"]','en');
INSERT INTO "posts" VALUES('2125237949862772736','@juniperstcoffee what time do you open on Sunday?','1034338075688114464','2026-11-24T14:39:46.000000Z','2125237949862772736',NULL,NULL,NULL,NULL,0,'["1016471289649264334"]','en');
INSERT INTO "posts" VALUES('2125237950227677184','is there a piano in town that one may play?','1031864580426620364','2026-11-24T14:39:47.000000Z','2125237950227677184',NULL,NULL,NULL,NULL,0,'[]','en');
INSERT INTO "posts" VALUES('2125237951595020288','@juniperstcoffee who built the counter?','1017241356525733316','2026-11-24T14:39:47.000000Z','2125237951595020288',NULL,NULL,NULL,NULL,0,'["1016471289649264334"]','en');
INSERT INTO "watches" VALUES('mentions','mention','Mentions','',1000000,NULL,0,'2125237951595020288','2026-11-24T14:39:50.546484Z');
INSERT INTO "watches" VALUES('066106ae8af11eb2971bc6eb72eb5e01','keyword','piano','piano',200,NULL,0,'2125237950227677184','2026-11-24T14:39:50.350759Z');
INSERT INTO "watch_reads" VALUES('mentions','2026-11-24',3);
INSERT INTO "watch_reads" VALUES('066106ae8af11eb2971bc6eb72eb5e01','2026-11-24',1);
INSERT INTO "mentions" VALUES('2125237947505573888','mention','mentions','Mentions','answered','sending','send','2026-11-24T14:39:46.361007Z','2026-11-24T14:39:46.882704Z',0,NULL,NULL,NULL,NULL,0);
INSERT INTO "mentions" VALUES('2125237949862772736','mention','mentions','Mentions','waiting','drafting','send','2026-11-24T14:39:46.961047Z','2026-11-24T14:39:46.977193Z',0,NULL,NULL,NULL,'From the playbook: no model is set up.',0);
INSERT INTO "mentions" VALUES('2125237950227677184','keyword','066106ae8af11eb2971bc6eb72eb5e01','piano','waiting','drafting','by_hand','2026-11-24T14:39:47.289196Z','2026-11-24T14:39:47.304893Z',0,NULL,NULL,NULL,'From the playbook: no model is set up.',0);
INSERT INTO "mentions" VALUES('2125237951595020288','mention','mentions','Mentions','skipped','waiting','send','2026-11-24T14:39:47.561671Z','2026-11-24T14:39:47.610098Z',0,NULL,NULL,NULL,'From the playbook: no model is set up.',0);
INSERT INTO "history" VALUES('066106ae8c01dec74774e5f2b461aebd','2125237947505573888',0,NULL,'new','2026-11-24T14:39:46.361007Z',NULL);
INSERT INTO "history" VALUES('066106ae8c5aaa0f1079f76df5f4e9be','2125237947505573888',1,'new','drafting','2026-11-24T14:39:46.392791Z',NULL);
INSERT INTO "history" VALUES('066106ae8d2482c98e311a710a8220ff','2125237947505573888',2,'drafting','waiting','2026-11-24T14:39:46.441319Z',NULL);
INSERT INTO "history" VALUES('066106ae8d907520019878b52a137f0f','2125237947505573888',3,'waiting','approved','2026-11-24T14:39:46.474261Z',NULL);
INSERT INTO "history" VALUES('066106ae93b5bce3b5c48ab14f54e6c6','2125237947505573888',4,'approved','sending','2026-11-24T14:39:46.876516Z',NULL);
INSERT INTO "history" VALUES('066106ae93caf6498cb243cd7f2948a8','2125237947505573888',5,'sending','answered','2026-11-24T14:39:46.882704Z',NULL);
INSERT INTO "history" VALUES('066106ae950a5406090c2dc625e079fe','2125237949862772736',0,NULL,'new','2026-11-24T14:39:46.961047Z',NULL);
INSERT INTO "history" VALUES('066106ae9519fad75fe6b4cebbd904c8','2125237949862772736',1,'new','drafting','2026-11-24T14:39:46.968786Z',NULL);
INSERT INTO "history" VALUES('066106ae953c0c3a30bc75800b2cce5e','2125237949862772736',2,'drafting','waiting','2026-11-24T14:39:46.977193Z',NULL);
INSERT INTO "history" VALUES('066106ae9a0a53c7c4ad51898af60bb2','2125237950227677184',0,NULL,'new','2026-11-24T14:39:47.289196Z',NULL);
INSERT INTO "history" VALUES('066106ae9a18e3843af1828f6d3eeefe','2125237950227677184',1,'new','drafting','2026-11-24T14:39:47.296190Z',NULL);
INSERT INTO "history" VALUES('066106ae9a3bc019c83278bccd654285','2125237950227677184',2,'drafting','waiting','2026-11-24T14:39:47.304893Z',NULL);
INSERT INTO "history" VALUES('066106ae9e3cfdcc422c1b9cea141481','2125237951595020288',0,NULL,'new','2026-11-24T14:39:47.561671Z',NULL);
INSERT INTO "history" VALUES('066106ae9e4cbbe63ee0c214a028bff8','2125237951595020288',1,'new','drafting','2026-11-24T14:39:47.571632Z',NULL);
INSERT INTO "history" VALUES('066106ae9e69439a90fba01871f499c5','2125237951595020288',2,'drafting','waiting','2026-11-24T14:39:47.578720Z',NULL);
INSERT INTO "history" VALUES('066106ae9ee3016accccc2ec1fd6daba','2125237951595020288',3,'waiting','skipped','2026-11-24T14:39:47.610098Z',NULL);
INSERT INTO "suggestions" VALUES('066106ae8d16e6df6ce0bf2a972d74de','2125237947505573888',1,0,'Not sure we have oat milk right now, so I''m asking. Is it for today?','playbook','stock','[]',NULL,'2026-11-24T14:39:46.441319Z');
INSERT INTO "suggestions" VALUES('066106ae8d204e74b2d06514aa9c1426','2125237947505573888',1,1,'Good to ask first. I''m checking with whoever is in. Is it for today?','playbook','allowed','[]',NULL,'2026-11-24T14:39:46.441319Z');
INSERT INTO "suggestions" VALUES('066106ae8d230752ef899c24d000d6ff','2125237947505573888',1,2,'Honestly not sure, so I''m having a look. Is it for a certain day?','playbook','stock','[]',NULL,'2026-11-24T14:39:46.441319Z');
INSERT INTO "suggestions" VALUES('066106ae953af53b750d9130d5775f18','2125237949862772736',1,0,'Just checking that for you. Is it for today or another day?','playbook','hours','[]',NULL,'2026-11-24T14:39:46.977193Z');
INSERT INTO "suggestions" VALUES('066106ae953b365582ffa942685d495f','2125237949862772736',1,1,'Honest answer: not sure yet. I''m finding out. Is there a certain day it''s for?','playbook','question','[]',NULL,'2026-11-24T14:39:46.977193Z');
INSERT INTO "suggestions" VALUES('066106ae953b4c0a1648d9aac19d7b39','2125237949862772736',1,2,'Let me make sure before you make the trip. When were you hoping to come?','playbook','hours','[]',NULL,'2026-11-24T14:39:46.977193Z');
INSERT INTO "suggestions" VALUES('066106ae9a3a97a1f477f56cab84f279','2125237950227677184',1,0,'Let me ask somebody who knows. Anything else I should ask while I''m at it?','playbook','question','[]',NULL,'2026-11-24T14:39:47.304893Z');
INSERT INTO "suggestions" VALUES('066106ae9a3ae0691341c077b01fbc2e','2125237950227677184',1,1,'I''d rather find out than guess, so I''m asking around. What made you think of it?','playbook','question','[]',NULL,'2026-11-24T14:39:47.304893Z');
INSERT INTO "suggestions" VALUES('066106ae9a3af79d61ddc3c5484fc26e','2125237950227677184',1,2,'Honest answer: not sure yet. I''m finding out. Is there a certain day it''s for?','playbook','question','[]',NULL,'2026-11-24T14:39:47.304893Z');
INSERT INTO "suggestions" VALUES('066106ae9e682788e9c0be34ac2188d0','2125237951595020288',1,0,'I''d rather find out than guess, so I''m asking around. What made you think of it?','playbook','question','[]',NULL,'2026-11-24T14:39:47.578720Z');
INSERT INTO "suggestions" VALUES('066106ae9e686c3cabcb0ffb0f6e1254','2125237951595020288',1,1,'Honest answer: not sure yet. I''m finding out. Is there a certain day it''s for?','playbook','question','[]',NULL,'2026-11-24T14:39:47.578720Z');
INSERT INTO "suggestions" VALUES('066106ae9e6882754ad7073cb474fa90','2125237951595020288',1,2,'Let me ask somebody who knows. Anything else I should ask while I''m at it?','playbook','question','[]',NULL,'2026-11-24T14:39:47.578720Z');
INSERT INTO "decisions" VALUES('066106ae8d90efa6575bf34515f1fc86','2125237947505573888',0,'approve','U0MAYA00001','Maya Okafor','2026-11-24T14:39:46.474261Z','Not sure we have oat milk right now, so I''m asking. Is it for today?','066106ae8d16e6df6ce0bf2a972d74de',NULL);
INSERT INTO "decisions" VALUES('066106ae9ee34cca85c621a59140e985','2125237951595020288',0,'skip','U0MAYA00001','Maya Okafor','2026-11-24T14:39:47.610098Z',NULL,NULL,NULL);
INSERT INTO "replies" VALUES('066106ae8d9205dda42e18c18804b38e','2125237947505573888',0,'066106ae8d90efa6575bf34515f1fc86','Not sure we have oat milk right now, so I''m asking. Is it for today?','sent','2026-11-24T14:39:46.874261Z','U0MAYA00001','Maya Okafor','2026-11-24T14:39:46.876516Z','2125237949715972096',NULL,0,0);
INSERT INTO "jobs" VALUES('066106ae8af16133c51e76fe31249cd8','listen','listen:mentions','mentions','{}','2026-11-24T14:39:50.859269Z',NULL,0,1,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES('066106ae8af210dfa15a10dbdda8539c','listen','listen:066106ae8af11eb2971bc6eb72eb5e01','066106ae8af11eb2971bc6eb72eb5e01','{}','2026-11-24T14:39:50.659795Z',NULL,0,1,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES('066106ae8af231282140d966bad86e71','timeline','timeline',NULL,'{}','2026-11-24T14:39:50.707286Z',NULL,0,5,NULL,NULL,NULL);
INSERT INTO "messages" VALUES('welcome:C0PRACTICE1','C0PRACTICE1',NULL,'1795531186.374689','2026-11-24T14:39:46.360725Z','2026-11-24T14:39:46.365445Z','9064b7ab412f399458b985094e489e29');
INSERT INTO "messages" VALUES('fold','C0PRACTICE1',NULL,'1795531186.388457','2026-11-24T14:39:46.382679Z','2026-11-24T14:39:46.386308Z','709e58b023abfce8187bf885896ad489');
INSERT INTO "messages" VALUES('card:2125237947505573888','C0PRACTICE1',NULL,'1795531186.458720','2026-11-24T14:39:46.455484Z','2026-11-24T14:39:46.456781Z','61beb6c9b6e7990ab4cd762f168f70af');
INSERT INTO "messages" VALUES('sent:066106ae8d9205dda42e18c18804b38e','C0PRACTICE1','1795531186.458720','1795531186.894048','2026-11-24T14:39:46.889135Z','2026-11-24T14:39:46.890409Z','fbc2e5d0192bf62298c55bc19c385514');
INSERT INTO "messages" VALUES('card:2125237949862772736','C0PRACTICE1',NULL,'1795531186.987638','2026-11-24T14:39:46.983906Z','2026-11-24T14:39:46.985641Z','b3664c2e061a9b1e0b9cd83b5cde54f2');
INSERT INTO "messages" VALUES('card:2125237950227677184','C0PRACTICE1',NULL,'1795531187.314053','2026-11-24T14:39:47.310899Z','2026-11-24T14:39:47.311990Z','61234b6c8bc50e5a162f06132599f08f');
INSERT INTO "messages" VALUES('card:2125237951595020288','C0PRACTICE1',NULL,'1795531187.589579','2026-11-24T14:39:47.584534Z','2026-11-24T14:39:47.587202Z','2e09b00c4e6a6fe6a32f2ed185279393');
INSERT INTO "costs" VALUES('066106ae8c003c1f0f8af6f1f42edca5','x','post','watch:mentions',1,1000,'2026-11-24','2026-11-24T14:39:46.361007Z');
INSERT INTO "costs" VALUES('066106ae93cb18e3096b063b9957f282','x','reply','send',1,10000,'2026-11-24','2026-11-24T14:39:46.882704Z');
INSERT INTO "costs" VALUES('066106ae9508b7fd048388b90740682d','x','post','watch:mentions',1,1000,'2026-11-24','2026-11-24T14:39:46.961047Z');
INSERT INTO "costs" VALUES('066106ae9a08f702bb2256ae1cc1ddf5','x','post','watch:066106ae8af11eb2971bc6eb72eb5e01',1,5000,'2026-11-24','2026-11-24T14:39:47.289196Z');
INSERT INTO "costs" VALUES('066106ae9a09343813e7957808cb7c53','x','person','watch:066106ae8af11eb2971bc6eb72eb5e01',1,10000,'2026-11-24','2026-11-24T14:39:47.289196Z');
INSERT INTO "costs" VALUES('066106ae9e3a8eb5a586288deeb36e1c','x','post','watch:mentions',1,1000,'2026-11-24','2026-11-24T14:39:47.561671Z');
INSERT INTO "costs" VALUES('066106aeafb46eac489f3e99b28d3e7d','x','post','timeline',1,1000,'2026-11-24','2026-11-24T14:39:48.707286Z');
INSERT INTO "billed_reads" VALUES('2026-11-24','post','2125237947505573888');
INSERT INTO "billed_reads" VALUES('2026-11-24','post','2125237949862772736');
INSERT INTO "billed_reads" VALUES('2026-11-24','post','2125237950227677184');
INSERT INTO "billed_reads" VALUES('2026-11-24','person','1031864580426620364');
INSERT INTO "billed_reads" VALUES('2026-11-24','post','2125237951595020288');
INSERT INTO "billed_reads" VALUES('2026-11-24','post','2125237949715972096');
INSERT INTO "marks" VALUES('account','{"id": "1016471289649264334", "handle": "juniperstcoffee", "name": "Juniper Street Coffee"}');
INSERT INTO "marks" VALUES('account_id','1016471289649264334');
INSERT INTO "marks" VALUES('account_handle','juniperstcoffee');
INSERT INTO "marks" VALUES('watches_seeded','yes');
INSERT INTO "answers" VALUES(1,'2125237947505573888','@juniperstcoffee do you have oat milk?','Not sure we have oat milk right now, so I''m asking. Is it for today?','2026-11-24T14:39:46.474261Z');
INSERT INTO notices VALUES('x-budget:keyword','Today''s budget for X is used up.','2026-11-24T09:00:00.000000+00:00','2026-11-24T10:00:00.000000+00:00');
INSERT INTO voices VALUES(1,'A coffee shop in Leeds.','Calm and short.','["We open at 7."]','["synergy"]','U0MAYA00001','2026-11-24T09:00:00.000000+00:00');
INSERT INTO playbooks VALUES(1,'[["oat milk","We do, and it''s from around here.",["oat","milk"]]]','U0MAYA00001','2026-11-24T09:00:00.000000+00:00');
INSERT INTO members VALUES('U0MAYA00001','Maya','T0PRACTICE1','Europe/London');
INSERT INTO answers_fts(answers_fts) VALUES('rebuild');
CREATE TRIGGER answers_ai AFTER INSERT ON answers BEGIN
    INSERT INTO answers_fts (rowid, their_text) VALUES (new.number, new.their_text);
END;
CREATE TRIGGER answers_ad AFTER DELETE ON answers BEGIN
    INSERT INTO answers_fts (answers_fts, rowid, their_text)
        VALUES ('delete', old.number, old.their_text);
END;
CREATE TRIGGER answers_au AFTER UPDATE ON answers BEGIN
    INSERT INTO answers_fts (answers_fts, rowid, their_text)
        VALUES ('delete', old.number, old.their_text);
    INSERT INTO answers_fts (rowid, their_text) VALUES (new.number, new.their_text);
END;
COMMIT;
