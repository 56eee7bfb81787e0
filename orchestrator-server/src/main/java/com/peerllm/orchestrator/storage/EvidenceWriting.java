package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.EvidenceStore.Addition;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.reputation.Evidence;
import com.peerllm.shared.reputation.History;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Adds, folds and forgets evidence, inside a transaction of its caller. */
final class EvidenceWriting {
    private final Handle handle;

    EvidenceWriting(Handle handle) {
        this.handle = handle;
    }

    boolean add(List<Addition> additions) {
        PreparedBatch rows = handle.prepareBatch("insert into evidence values (?, ?, ?, ?, ?, ?)");
        for (Addition addition : additions) add(addition, rows);
        if (rows.size() > 0) rows.execute();
        return true;
    }

    private void add(Addition addition, PreparedBatch rows) {
        String host = addition.host().value();
        String subject = EvidenceSql.subject(addition.model());
        Optional<History> known = history("body", host, subject);
        History history = known.orElse(EvidenceSql.nothing(addition.model()));
        long lastAtMillis = 0;
        if (addition.instead().isPresent() && addition.instead().get().number() > history.number()) {
            history = addition.instead().get();
            startOver(host, subject, history);
            known = Optional.of(history);
        }
        for (Evidence piece : addition.pieces()) {
            if (piece.number() <= history.number()) continue;
            history = next(history, piece);
            lastAtMillis = piece.atMillis();
            rows.bind(0, host)
                    .bind(1, subject)
                    .bind(2, piece.number())
                    .bind(3, piece.atMillis())
                    .bind(4, piece.name())
                    .bind(5, EvidenceSql.JSON.writeValueAsString(piece))
                    .add();
        }
        if (known.isEmpty()) insert(host, subject, EvidenceSql.nothing(addition.model()));
        if (lastAtMillis > 0) update(host, subject, history, lastAtMillis);
    }

    private static History next(History history, Evidence piece) {
        if (piece.number() == history.number() + 1) return history.after(piece);
        throw new StorageException(
                StorageException.Code.CONFLICT,
                "Evidence " + (history.number() + 1) + " of a host is missing: number " + piece.number() + " came");
    }

    private Optional<History> history(String column, String host, String subject) {
        return handle.createQuery(
                        "select " + column + " from host_history where host_id = :host and subject = :subject")
                .bind("host", host)
                .bind("subject", subject)
                .map((row, context) -> EvidenceSql.history(row.getString(1)))
                .findOne();
    }

    private void insert(String host, String subject, History history) {
        String body = EvidenceSql.JSON.writeValueAsString(history);
        handle.createUpdate("insert into host_history values (?, ?, ?, 0, ?, ?, ?)")
                .bind(0, host)
                .bind(1, subject)
                .bind(2, history.number())
                .bind(3, body)
                .bind(4, history.number())
                .bind(5, body)
                .execute();
    }

    private void startOver(String host, String subject, History history) {
        deleteEvidence(host, subject, Long.MAX_VALUE);
        deleteHistory(host, subject);
        insert(host, subject, history);
    }

    private void update(String host, String subject, History history, long lastAtMillis) {
        handle.createUpdate("""
                        update host_history set last_number = :number, last_at = :at, body = :body
                        where host_id = :host and subject = :subject""")
                .bind("number", history.number())
                .bind("at", lastAtMillis)
                .bind("body", EvidenceSql.JSON.writeValueAsString(history))
                .bind("host", host)
                .bind("subject", subject)
                .execute();
    }

    /** @return false when these pieces are folded already */
    boolean fold(HostId host, Optional<ModelDigest> model, long through) {
        String subject = EvidenceSql.subject(model);
        Optional<History> before = history("folded", host.value(), subject);
        if (before.isEmpty() || before.get().number() >= through) return false;
        History folded = before.get();
        for (Evidence piece : pieces(host.value(), subject, through)) folded = folded.after(piece);
        deleteEvidence(host.value(), subject, through);
        handle.createUpdate("""
                        update host_history set folded_number = :number, folded = :folded
                        where host_id = :host and subject = :subject""")
                .bind("number", folded.number())
                .bind("folded", EvidenceSql.JSON.writeValueAsString(folded))
                .bind("host", host.value())
                .bind("subject", subject)
                .execute();
        return true;
    }

    private List<Evidence> pieces(String host, String subject, long through) {
        return handle.createQuery("""
                        select body from evidence where host_id = :host and subject = :subject and number <= :through
                        order by number""")
                .bind("host", host)
                .bind("subject", subject)
                .bind("through", through)
                .map((row, context) -> EvidenceSql.JSON.readValue(row.getString(1), Evidence.class))
                .list();
    }

    private void deleteEvidence(String host, String subject, long through) {
        handle.createUpdate("delete from evidence where host_id = :host and subject = :subject and number <= :through")
                .bind("host", host)
                .bind("subject", subject)
                .bind("through", through)
                .execute();
    }

    /** @return false when there is nothing to let go of */
    boolean forget(long lastHeardBeforeMillis) {
        List<EvidenceSql.Subject> silent = EvidenceSql.silentSince(handle, lastHeardBeforeMillis);
        for (EvidenceSql.Subject each : silent) {
            deleteEvidence(each.host(), each.subject(), Long.MAX_VALUE);
            deleteHistory(each.host(), each.subject());
        }
        return !silent.isEmpty();
    }

    private void deleteHistory(String host, String subject) {
        handle.createUpdate("delete from host_history where host_id = :host and subject = :subject")
                .bind("host", host)
                .bind("subject", subject)
                .execute();
    }
}
