/** Each step runs once, in one transaction, and is known by its hash afterwards: never edit one that was released. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE record (
    generation INTEGER NOT NULL CHECK (generation > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    business_date TEXT NOT NULL,
    meal TEXT,
    bytes BLOB NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    hash TEXT NOT NULL,
    PRIMARY KEY (generation, seq)
  ) STRICT;
  CREATE INDEX record_by_day ON record (business_date, kind, at);
  CREATE TRIGGER record_no_update BEFORE UPDATE ON record BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;
  CREATE TRIGGER record_no_delete BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'records are never deleted'); END;

  CREATE TABLE reversal (
    of_id TEXT NOT NULL PRIMARY KEY,
    by_id TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TRIGGER reversal_no_update BEFORE UPDATE ON reversal BEGIN SELECT RAISE(ABORT, 'reversals are never changed'); END;
  CREATE TRIGGER reversal_no_delete BEFORE DELETE ON reversal BEGIN SELECT RAISE(ABORT, 'reversals are never deleted'); END;

  -- Inputs of a sale, sealed under the key of the senior; deleting the key erases the person and leaves the chain whole.
  CREATE TABLE sealed_inputs (
    record_id TEXT NOT NULL PRIMARY KEY,
    senior_ref TEXT NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE TABLE senior_key (
    senior_ref TEXT NOT NULL PRIMARY KEY,
    wrapped BLOB NOT NULL
  ) STRICT;

  CREATE TABLE usage (
    senior_ref TEXT NOT NULL,
    counter TEXT NOT NULL,
    used INTEGER NOT NULL CHECK (used >= 0),
    PRIMARY KEY (senior_ref, counter)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE home_grant (
    counter TEXT NOT NULL PRIMARY KEY,
    cap INTEGER NOT NULL,
    record_id TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE roster (
    senior BLOB NOT NULL PRIMARY KEY,
    home INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE roster_card (
    card BLOB NOT NULL PRIMARY KEY,
    senior BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX roster_card_by_senior ON roster_card (senior);
  CREATE TABLE blocked_card (card BLOB NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE blocked_codes (senior BLOB NOT NULL PRIMARY KEY, before INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE code_seen (
    key_id TEXT NOT NULL,
    serial TEXT NOT NULL,
    forget_at INTEGER NOT NULL,
    PRIMARY KEY (key_id, serial)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE code_counter (senior BLOB NOT NULL PRIMARY KEY, counter INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE open_check_in (id TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
  CREATE TABLE document (name TEXT NOT NULL PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE verdict (
    generation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    code TEXT,
    PRIMARY KEY (generation, seq)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Serials of paper cards that were reported lost.
  CREATE TABLE revoked_paper (serial TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
  -- Codes counted milliseconds before, and count seconds now; every code counted so far has expired.
  DELETE FROM code_counter;
  `,
  `
  CREATE TABLE pin (
    senior BLOB NOT NULL PRIMARY KEY,
    mac BLOB NOT NULL CHECK (length(mac) = 32),
    tries INTEGER NOT NULL CHECK (tries >= 0)
  ) STRICT, WITHOUT ROWID;
  -- Members of other sites whom the province told us of: held in full until this business date, then by their ids alone.
  ALTER TABLE roster ADD COLUMN visitor_until TEXT;
  CREATE INDEX roster_in_full ON roster (home, visitor_until);
  `,
  `
  -- What a senior agreed to about their face; who it is lies inside.
  CREATE TABLE face_consent (
    senior BLOB NOT NULL PRIMARY KEY,
    body BLOB NOT NULL
  ) STRICT;
  -- Each cell under a key of its own, which goes with it: a copy of the cell alone opens never again.
  CREATE TABLE face_cell (
    senior BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('template', 'portrait')),
    engine TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (senior, kind)
  ) STRICT;
  `,
  `
  -- How far apart faces lie here, by one network: counts alone, of nobody.
  CREATE TABLE face_distance (
    engine TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('genuine', 'impostor')),
    bin INTEGER NOT NULL CHECK (bin >= 0),
    count INTEGER NOT NULL CHECK (count > 0),
    PRIMARY KEY (engine, kind, bin)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What this terminal may draw of a senior's limits under a pack (docs/leases.md), and the accepted claims that wait for the senior.
  CREATE TABLE lease (
    senior_ref TEXT NOT NULL,
    pack TEXT NOT NULL,
    generation INTEGER NOT NULL,
    held TEXT NOT NULL,
    owed TEXT NOT NULL,
    recall TEXT,
    touched_on TEXT,
    PRIMARY KEY (senior_ref, pack)
  ) STRICT, WITHOUT ROWID;
  -- The epoch of the lease that a sale drew on: a void gives back to that one only.
  CREATE TABLE lease_draw (record_id TEXT NOT NULL PRIMARY KEY, epoch INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  -- The whole cap is held by nobody any more.
  DROP TABLE home_grant;
  `,
  `
  -- Records of this terminal that were lost here and came back from the province; no part of the chain that goes on.
  CREATE TABLE history (
    generation INTEGER NOT NULL CHECK (generation > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    business_date TEXT NOT NULL,
    meal TEXT,
    bytes BLOB NOT NULL,
    signature BLOB NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (generation, seq)
  ) STRICT;
  CREATE INDEX history_by_day ON history (business_date, kind, at);
  CREATE TRIGGER history_no_update BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;
  CREATE TRIGGER history_no_delete BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'records are never deleted'); END;
  `,
  `
  -- What this terminal may draw of a fund's pot (docs/leases.md), and the sales that drew on it.
  CREATE TABLE pot (
    fund TEXT NOT NULL PRIMARY KEY,
    generation INTEGER NOT NULL,
    held TEXT NOT NULL,
    elsewhere TEXT NOT NULL,
    recall TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE pot_draw (
    record_id TEXT NOT NULL,
    fund TEXT NOT NULL,
    generation INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    PRIMARY KEY (record_id, fund)
  ) STRICT, WITHOUT ROWID;
  -- Sales without a right, under a policy that lets a till without a network make them.
  CREATE TABLE advance (
    record_id TEXT NOT NULL PRIMARY KEY,
    senior_ref TEXT NOT NULL,
    pack TEXT NOT NULL,
    business_date TEXT NOT NULL,
    fen INTEGER NOT NULL CHECK (fen > 0),
    heard INTEGER NOT NULL CHECK (heard IN (0, 1))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX advance_by_senior ON advance (senior_ref, pack, business_date);
  CREATE INDEX advance_unheard ON advance (record_id) WHERE heard = 0;
  `,
  `
  -- Visits that other tills of the site asked this one to sell, and what became of each; see docs/leases.md, A second till.
  CREATE TABLE lane_visit (
    id TEXT NOT NULL PRIMARY KEY,
    lane TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sold', 'cancelled')),
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- What this till asked the first one to sell; the sales are in that one's ledger.
  CREATE TABLE lane_sale (
    id TEXT NOT NULL PRIMARY KEY,
    first TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'sold')),
    at INTEGER NOT NULL,
    business_date TEXT NOT NULL,
    meal TEXT NOT NULL,
    body BLOB
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX lane_sale_by_day ON lane_sale (business_date, at);
  `,
  `
  -- \`given-up\`: this till went on without the first one, which is to void what it sold; \`asked\` alone: what it sold is this till's sale.
  CREATE TABLE lane_sale_now (
    id TEXT NOT NULL PRIMARY KEY,
    first TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'given-up', 'sold')),
    at INTEGER NOT NULL,
    senior_ref TEXT,
    business_date TEXT NOT NULL,
    meal TEXT NOT NULL,
    put_away INTEGER NOT NULL DEFAULT 0 CHECK (put_away IN (0, 1)),
    body BLOB
  ) STRICT, WITHOUT ROWID;
  INSERT INTO lane_sale_now (id, first, state, at, business_date, meal, body)
    SELECT id, first, CASE WHEN state = 'asked' AND id NOT IN (SELECT id FROM open_check_in) THEN 'given-up' ELSE state END,
           at, business_date, meal, body FROM lane_sale;
  DROP TABLE lane_sale;
  ALTER TABLE lane_sale_now RENAME TO lane_sale;
  CREATE INDEX lane_sale_by_day ON lane_sale (business_date, at);
  -- At the first till: claims that it does not pay while \`held\`, because the sale is refunded in another till's ledger by that record.
  CREATE TABLE lane_hold (
    of_id TEXT NOT NULL,
    by_id TEXT NOT NULL,
    lane TEXT NOT NULL,
    held INTEGER NOT NULL CHECK (held IN (0, 1)),
    PRIMARY KEY (of_id, by_id)
  ) STRICT, WITHOUT ROWID;
  -- At the second till: refunds for which it asked for that, until it is certain whether they are recorded.
  CREATE TABLE lane_refund (
    of_id TEXT NOT NULL,
    by_id TEXT NOT NULL,
    first TEXT NOT NULL,
    PRIMARY KEY (of_id, by_id)
  ) STRICT, WITHOUT ROWID;
  -- At the first till: who ate today by the ledgers of the others, and how far each of those has told it.
  CREATE TABLE lane_meal (
    id TEXT NOT NULL PRIMARY KEY,
    senior_ref TEXT NOT NULL,
    business_date TEXT NOT NULL,
    meal TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX lane_meal_by_day ON lane_meal (business_date, senior_ref, meal);
  CREATE TABLE lane_told (
    lane TEXT NOT NULL PRIMARY KEY,
    generation INTEGER NOT NULL,
    seq INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- How often the receipt of a sale went to the printer, and the tender that was chosen where nothing was owed.
  CREATE TABLE receipt_print (
    record_id TEXT NOT NULL PRIMARY KEY,
    tender TEXT NOT NULL,
    prints INTEGER NOT NULL CHECK (prints >= 0),
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Days that were closed, each once and for ever.
  CREATE TABLE closed_day (
    business_date TEXT NOT NULL PRIMARY KEY,
    record_id TEXT NOT NULL UNIQUE,
    generation INTEGER NOT NULL,
    seq INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER closed_day_no_update BEFORE UPDATE ON closed_day BEGIN SELECT RAISE(ABORT, 'a closed day stays closed'); END;
  CREATE TRIGGER closed_day_no_delete BEFORE DELETE ON closed_day BEGIN SELECT RAISE(ABORT, 'a closed day stays closed'); END;
  CREATE INDEX record_of_shifts ON record (business_date) WHERE kind IN ('shift', 'cash-count', 'totals');
  CREATE INDEX history_of_shifts ON history (business_date) WHERE kind IN ('shift', 'cash-count', 'totals');
  `,
  `
  -- Check-ins that staff put aside for a while, encrypted like the open one.
  CREATE TABLE parked_check_in (
    id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Used counters by pack: a site may price by several, and two of them may name a limit alike. Until now each site had one.
  CREATE TABLE usage_by_pack (
    senior_ref TEXT NOT NULL,
    pack TEXT NOT NULL,
    counter TEXT NOT NULL,
    used INTEGER NOT NULL CHECK (used >= 0),
    PRIMARY KEY (senior_ref, pack, counter)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO usage_by_pack (senior_ref, pack, counter, used)
    SELECT senior_ref, coalesce((
      SELECT json_extract(CAST(bytes AS TEXT), '$.payload.policy.pack') FROM (
        SELECT bytes, at FROM record WHERE kind = 'sale' UNION ALL SELECT bytes, at FROM history WHERE kind = 'sale'
      ) WHERE json_valid(CAST(bytes AS TEXT)) ORDER BY at DESC LIMIT 1
    ), ''), counter, used FROM usage;
  DROP TABLE usage;
  ALTER TABLE usage_by_pack RENAME TO usage;

  -- Visits that go on, encrypted, each with what it takes to end it after a power cut.
  CREATE TABLE open_visit (
    id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- Services that were ordered ahead, as the province sent them; encrypted.
  CREATE TABLE visit_order (
    id BLOB NOT NULL PRIMARY KEY,
    date TEXT NOT NULL,
    body BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX visit_order_by_day ON visit_order (date);
  `,
]
