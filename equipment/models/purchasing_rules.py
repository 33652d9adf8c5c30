"""What must never be false of a purchase, as the database says it (3.3): PL/pgSQL of the triggers.

The rows of a purchase are written with its proposal's row held, so that of two at once one comes after the other.
"""

from __future__ import annotations

# A version is written while the proposal is open, as the next one.
WRITTEN_WHILE_OPEN = """
PERFORM FROM equipment_proposal WHERE id = NEW.proposal_id AND state IN ('draft', 'returned') FOR UPDATE;
IF NOT FOUND THEN
    RAISE EXCEPTION 'pgtrigger: a proposal is changed only before it is handed in, or after it came back';
END IF;
RETURN NEW;
"""

# Once a version stands, nothing is added to it.
WRITTEN_AT_ONCE = """
IF EXISTS (
    SELECT FROM equipment_proposalversion mine
    JOIN equipment_proposal proposal ON proposal.id = mine.proposal_id
    JOIN equipment_proposalversion stands ON stands.id = proposal.version_id
    WHERE mine.id = NEW.version_id AND stands.number >= mine.number
) THEN
    RAISE EXCEPTION 'pgtrigger: what stands in a version was written with it';
END IF;
RETURN NEW;
"""

STATE_MEANS = """
IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'draft' OR NEW.version_id IS NOT NULL THEN
        RAISE EXCEPTION 'pgtrigger: a proposal begins as a draft';
    END IF;
    RETURN NEW;
END IF;
IF NEW.version_id IS DISTINCT FROM OLD.version_id AND (
    OLD.state NOT IN ('draft', 'returned') OR NEW.state <> OLD.state OR NOT EXISTS (
        SELECT FROM equipment_proposalversion WHERE id = NEW.version_id AND proposal_id = NEW.id
    )
) THEN
    RAISE EXCEPTION 'pgtrigger: a proposal is changed only before it is handed in, or after it came back';
END IF;
IF NEW.state = OLD.state THEN
    RETURN NEW;
END IF;
IF OLD.state IN ('declined', 'withdrawn', 'received', 'closed') THEN
    RAISE EXCEPTION 'pgtrigger: what is over stays over';
END IF;
IF NEW.state = 'submitted' AND NOT EXISTS (
    SELECT FROM equipment_proposalversion written WHERE written.id = NEW.version_id
    AND written.description <> '' AND written.reason <> '' AND written.alternatives <> ''
    AND EXISTS (SELECT FROM equipment_proposalline WHERE version_id = written.id)
    AND EXISTS (SELECT FROM equipment_quote WHERE version_id = written.id AND chosen)
    AND NOT EXISTS (SELECT FROM equipment_quote WHERE version_id = written.id AND file_id IS NULL)
    AND NOT EXISTS (SELECT FROM equipment_proposaldecision WHERE version_id = written.id)
) THEN
    RAISE EXCEPTION 'pgtrigger: what is handed in says what, why and for how much, with quotes';
END IF;
IF NEW.state IN ('returned', 'declined') AND NOT EXISTS (
    SELECT FROM equipment_proposaldecision WHERE version_id = NEW.version_id AND verdict <> 'approve'
) THEN
    RAISE EXCEPTION 'pgtrigger: turned down means that another member decided so';
END IF;
IF NEW.state IN ('approved', 'drawn', 'sent', 'ordered', 'received', 'closed') AND NOT EXISTS (
    SELECT FROM equipment_proposaldecision decided
    JOIN equipment_proposalversion written ON written.id = decided.version_id AND written.digest = decided.digest
    WHERE decided.version_id = NEW.version_id AND decided.verdict = 'approve'
) THEN
    RAISE EXCEPTION 'pgtrigger: approved means that another member decided so, on exactly this';
END IF;
IF NEW.state IN ('drawn', 'sent', 'ordered', 'received', 'closed') AND NOT EXISTS (
    SELECT FROM equipment_purchaseorder WHERE version_id = NEW.version_id
) THEN
    RAISE EXCEPTION 'pgtrigger: nothing is bought without a purchase order';
END IF;
IF NEW.state IN ('sent', 'ordered', 'received') AND NOT EXISTS (
    SELECT FROM equipment_purchaseorder bought JOIN equipment_ordersending sent ON sent.order_id = bought.id
    WHERE bought.version_id = NEW.version_id AND sent.sent_at IS NOT NULL
) THEN
    RAISE EXCEPTION 'pgtrigger: the purchase order goes to the Budget Unit';
END IF;
IF NEW.state IN ('ordered', 'received') AND NOT EXISTS (
    SELECT FROM equipment_purchaseorder bought JOIN equipment_orderplacing placed ON placed.order_id = bought.id
    WHERE bought.version_id = NEW.version_id
) THEN
    RAISE EXCEPTION 'pgtrigger: ordered means that the Budget Unit ordered it';
END IF;
IF NEW.state = 'received' AND EXISTS (
    SELECT FROM equipment_proposalline line WHERE line.version_id = NEW.version_id AND line.count <> (
        SELECT coalesce(sum(came.count), 0) FROM equipment_deliveredline came WHERE came.line_id = line.id
    )
) THEN
    RAISE EXCEPTION 'pgtrigger: received means that all of it came';
END IF;
IF NEW.state IN ('withdrawn', 'closed') AND NOT EXISTS (
    SELECT FROM equipment_proposalend WHERE proposal_id = NEW.id
) THEN
    RAISE EXCEPTION 'pgtrigger: a proposal ends for a reason';
END IF;
RETURN NEW;
"""

DECIDED_BY_ANOTHER = """
PERFORM FROM equipment_proposal proposal
JOIN equipment_proposalversion written ON written.id = proposal.version_id
WHERE written.id = NEW.version_id AND written.digest = NEW.digest AND proposal.state = 'submitted'
FOR UPDATE OF proposal;
IF NOT FOUND THEN
    RAISE EXCEPTION 'pgtrigger: a decision is on exactly what was handed in';
END IF;
IF EXISTS (
    SELECT FROM equipment_proposalversion mine
    JOIN equipment_proposal proposal ON proposal.id = mine.proposal_id
    LEFT JOIN equipment_proposalversion every ON every.proposal_id = proposal.id
    WHERE mine.id = NEW.version_id AND NEW.by_id IN (proposal.asked_by_id, proposal.submitted_by_id, every.by_id)
) THEN
    RAISE EXCEPTION 'pgtrigger: nobody decides what he wrote or changed himself';
END IF;
RETURN NEW;
"""

# What is ordered is what was approved, to the byte.
ORDERED_AS_APPROVED = """
PERFORM FROM equipment_proposal proposal
JOIN equipment_proposalversion written ON written.id = proposal.version_id
JOIN equipment_proposaldecision decided ON decided.version_id = written.id
WHERE written.id = NEW.version_id AND decided.id = NEW.decision_id AND decided.verdict = 'approve'
    AND decided.digest = NEW.digest AND written.digest = NEW.digest AND proposal.state = 'approved'
FOR UPDATE OF proposal;
IF NOT FOUND THEN
    RAISE EXCEPTION 'pgtrigger: ordered is exactly what was approved';
END IF;
RETURN NEW;
"""

RECEIVED_OF_THE_ORDER = """
PERFORM FROM equipment_delivery came
JOIN equipment_purchaseorder bought ON bought.id = came.order_id
JOIN equipment_proposal proposal ON proposal.version_id = bought.version_id
JOIN equipment_proposalline line ON line.version_id = bought.version_id
WHERE came.id = NEW.delivery_id AND line.id = NEW.line_id AND proposal.state = 'ordered'
FOR UPDATE OF proposal;
IF NOT FOUND THEN
    RAISE EXCEPTION 'pgtrigger: received is only what was ordered';
END IF;
IF NEW.count + (
    SELECT coalesce(sum(count), 0) FROM equipment_deliveredline WHERE line_id = NEW.line_id
) > (SELECT count FROM equipment_proposalline WHERE id = NEW.line_id) THEN
    RAISE EXCEPTION 'pgtrigger: no more is received than was ordered';
END IF;
RETURN NEW;
"""

# Asked at the end of the transaction: what was received is in the inventory by then, each thing with its tag.
RECEIVED_MEANS_ITEMS = """
IF (SELECT count(*) FROM equipment_receiveditem WHERE delivered_id = NEW.id) <> (
    SELECT CASE WHEN kind_id IS NULL THEN 0 ELSE NEW.count END FROM equipment_proposalline WHERE id = NEW.line_id
) THEN
    RAISE EXCEPTION 'pgtrigger: each thing that was received is in the inventory';
END IF;
RETURN NULL;
"""

# An item is added to a delivery as it comes, not later.
ITEMS_OF_A_DELIVERY = """
IF (SELECT count(*) FROM equipment_receiveditem WHERE delivered_id = NEW.delivered_id) >= (
    SELECT CASE WHEN line.kind_id IS NULL THEN 0 ELSE came.count END FROM equipment_deliveredline came
    JOIN equipment_proposalline line ON line.id = came.line_id WHERE came.id = NEW.delivered_id
) THEN
    RAISE EXCEPTION 'pgtrigger: no more things than were received';
END IF;
RETURN NEW;
"""
