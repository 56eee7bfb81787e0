package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.EvidenceStore.Overdue;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.reputation.Evidence;
import com.peerllm.shared.reputation.EvidencePage;
import com.peerllm.shared.reputation.History;
import com.peerllm.shared.reputation.ModelHistory;
import com.peerllm.shared.reputation.Presence;
import com.peerllm.shared.reputation.ReputationReport.DayCount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.json.JsonMapper;

/** Reads the tables of evidence. */
final class EvidenceSql {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PRESENCE = "presence";

    private EvidenceSql() {}

    record Row(Optional<ModelDigest> model, History history) {}

    static String subject(Optional<ModelDigest> model) {
        return model.map(ModelDigest::hex).orElse(PRESENCE);
    }

    static Optional<ModelDigest> model(String subject) {
        return subject.equals(PRESENCE) ? Optional.empty() : Optional.of(new ModelDigest(subject));
    }

    static History nothing(Optional<ModelDigest> model) {
        return model.isPresent() ? ModelHistory.EMPTY : Presence.NEW;
    }

    static History history(String body) {
        return JSON.readValue(body, History.class);
    }

    static List<Row> histories(Handle handle, HostId host) {
        return handle.createQuery("select subject, body from host_history where host_id = :host")
                .bind("host", host.value())
                .map((row, context) -> new Row(model(row.getString(1)), history(row.getString(2))))
                .list();
    }

    static EvidencePage page(Handle handle, HostId host, Optional<ModelDigest> model, long after, int atMost) {
        History folded = handle.createQuery(
                        "select folded from host_history where host_id = :host and subject = :subject")
                .bind("host", host.value())
                .bind("subject", subject(model))
                .map((row, context) -> history(row.getString(1)))
                .findOne()
                .orElse(nothing(model));
        List<Evidence> pieces = handle.createQuery("""
                        select body from evidence where host_id = :host and subject = :subject and number > :after
                        order by number limit :most""")
                .bind("host", host.value())
                .bind("subject", subject(model))
                .bind("after", after)
                .bind("most", atMost + 1)
                .map((row, context) -> JSON.readValue(row.getString(1), Evidence.class))
                .list();
        boolean more = pieces.size() > atMost;
        return new EvidencePage(host, model, folded, more ? pieces.subList(0, atMost) : pieces, more);
    }

    static List<DayCount> counts(Handle handle, HostId host) {
        return handle.createQuery("""
                        select made_at / 86400000, subject, name, count(*) from evidence where host_id = :host
                        group by made_at / 86400000, subject, name order by 1, 2, 3""")
                .bind("host", host.value())
                .map((row, context) -> new DayCount(
                        LocalDate.ofEpochDay(row.getLong(1)).toString(),
                        model(row.getString(2)),
                        row.getString(3),
                        row.getLong(4)))
                .list();
    }

    static List<Overdue> tooMany(Handle handle, int most, int kept, int atMost) {
        return handle.createQuery("""
                        select host_id, subject, last_number - :kept from host_history
                        where last_number - folded_number > :many limit :most""")
                .bind("kept", kept)
                .bind("many", most)
                .bind("most", atMost)
                .map((row, context) -> overdue(row))
                .list();
    }

    static List<Overdue> olderThan(Handle handle, long madeBeforeMillis, int atMost) {
        return handle.createQuery("""
                        select host_id, subject, max(number) from evidence where made_at < :before
                        group by host_id, subject limit :most""")
                .bind("before", madeBeforeMillis)
                .bind("most", atMost)
                .map((row, context) -> overdue(row))
                .list();
    }

    record Subject(String host, String subject) {}

    static List<Subject> silentSince(Handle handle, long beforeMillis) {
        return handle.createQuery(
                        "select host_id, subject from host_history where last_at between 1 and :before order by 1, 2")
                .bind("before", beforeMillis)
                .map((row, context) -> new Subject(row.getString(1), row.getString(2)))
                .list();
    }

    private static Overdue overdue(ResultSet row) throws SQLException {
        return new Overdue(new HostId(row.getString(1)), model(row.getString(2)), row.getLong(3));
    }
}
