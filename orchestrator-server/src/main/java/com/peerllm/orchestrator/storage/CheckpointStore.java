package com.peerllm.orchestrator.storage;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The last checkpoint of the transparency log that this orchestrator signed, as it was kept; newer ones may have been signed. */
public final class CheckpointStore {
    private final Database database;

    CheckpointStore(Database database) {
        this.database = database;
    }

    /** The signed note; empty before the first. */
    public Optional<String> last() {
        return database.read(handle -> handle.createQuery("select note from signed_checkpoint where place = 1")
                .mapTo(String.class)
                .findOne());
    }

    /** @param size number of leaves that the note is about; one that is smaller than the kept one's changes nothing */
    public void keep(long size, String note) {
        database.change(new Change.CheckpointKept(size, note));
    }

    static boolean put(Handle handle, Change.CheckpointKept kept) {
        boolean there = handle.createQuery("select count(*) from signed_checkpoint")
                        .mapTo(Long.class)
                        .one()
                > 0;
        String sql = there
                ? "update signed_checkpoint set size = :size, note = :note where place = 1 and size <= :size"
                : "insert into signed_checkpoint (place, size, note) values (1, :size, :note)";
        return handle.createUpdate(sql)
                        .bind("size", kept.size())
                        .bind("note", kept.note())
                        .execute()
                > 0;
    }
}
