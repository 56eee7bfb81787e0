package com.peerllm.host.diagnostics;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import com.peerllm.host.storage.HostDatabase;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Whether the database opens; one that a running host has open is left alone. */
final class DatabaseCheck implements Doctor.Check {
    private final AppFolders folders;

    DatabaseCheck(AppFolders folders) {
        this.folders = folders;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public List<Finding> look() {
        if (!Files.exists(folders.database().resolveSibling("host.mv.db")))
            return List.of(Finding.ok("database", "There is no database yet; it is made at the first start."));
        try (Opened opened = open()) {
            return List.of(Finding.ok(
                    "database",
                    opened.database()
                            .map(database -> "The database opens; it holds "
                                    + database.receipts().count() + " receipts.")
                            .orElse("A host is running and has the database open.")));
        } catch (HostException e) {
            return List.of(
                    Finding.fail("database", e.sentence(), "Keep a copy of the file before you change anything."));
        }
    }

    private record Opened(Optional<InstanceLock> lock, Optional<HostDatabase> database) implements AutoCloseable {
        @Override
        public void close() {
            database.ifPresent(HostDatabase::close);
            lock.ifPresent(InstanceLock::close);
        }
    }

    private Opened open() {
        Optional<InstanceLock> lock = InstanceLock.tryTake(folders);
        if (lock.isEmpty()) return new Opened(lock, Optional.empty());
        try {
            return new Opened(lock, Optional.of(HostDatabase.open(folders.database())));
        } catch (RuntimeException e) {
            lock.get().close();
            throw e;
        }
    }
}
