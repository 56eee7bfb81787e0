package com.peerllm.orchestrator.storage;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of all hosts that have ever been let in. */
public final class HostStore {
    private static final String COLUMNS = "select host_id, public_key, first_seen_at, blocked_reason from known_host ";

    private final Database database;

    HostStore(Database database) {
        this.database = database;
    }

    public Optional<HostRow> find(HostId host) {
        return database.read(handle -> handle.createQuery(COLUMNS + "where host_id = :id")
                .bind("id", host.value())
                .map((row, context) -> host(row))
                .findOne());
    }

    /** In order of id, so many after this one. */
    public List<HostRow> after(String hostId, int atMost) {
        return database.read(
                handle -> handle.createQuery(COLUMNS + "where host_id > :after order by host_id limit :most")
                        .bind("after", hostId)
                        .bind("most", atMost)
                        .map((row, context) -> host(row))
                        .list());
    }

    public long count() {
        return database.read(handle -> handle.createQuery("select count(*) from known_host")
                .mapTo(Long.class)
                .one());
    }

    /** @throws StorageException with code {@code CONFLICT} when the host is there already */
    public void insert(HostRow host) {
        database.change(new Change.HostSeen(host));
    }

    static boolean insert(Handle handle, HostRow host) {
        handle.createUpdate("insert into known_host values (?, ?, ?, ?)")
                .bind(0, host.id().value())
                .bind(1, host.key().toString())
                .bind(2, host.firstSeenAtMillis())
                .bind(3, host.blockedReason().orElse(null))
                .execute();
        return true;
    }

    /** @return false when there is no such host */
    public boolean setBlocked(HostId host, Optional<String> reason) {
        return database.change(new Change.HostBlocked(host, reason));
    }

    static boolean setBlocked(Handle handle, Change.HostBlocked blocked) {
        return handle.createUpdate("update known_host set blocked_reason = :reason where host_id = :id")
                        .bind("reason", blocked.reason().orElse(null))
                        .bind("id", blocked.host().value())
                        .execute()
                > 0;
    }

    private static HostRow host(ResultSet row) throws SQLException {
        return new HostRow(
                new HostId(row.getString(1)),
                PeerKey.parse(row.getString(2)),
                row.getLong(3),
                Optional.ofNullable(row.getString(4)));
    }

    public record HostRow(HostId id, PeerKey key, long firstSeenAtMillis, Optional<String> blockedReason) {}
}
