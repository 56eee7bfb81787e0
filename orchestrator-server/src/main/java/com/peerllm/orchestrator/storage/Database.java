package com.peerllm.orchestrator.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The open database: connections, the tables at this program's version, and one store for each subject.
 *
 * <p>Every call may wait for the disk, so none belongs on an event loop.
 */
public final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 4;

    /**
     * H2 without its own shutdown hook (the orchestrator closes it in its order), waiting up to 10 s for a table lock.
     *
     * <p>Each commit copies the pages it touches, and H2 keeps the old ones this long in case that the new ones never
     * reach the disk. They do, because every commit is forced; with H2's 45 s the file grows to some 400 MB under load,
     * with 5 s to a ninth of that.
     */
    private static final String H2_OPTIONS = ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000;RETENTION_TIME=5000";

    private final HikariDataSource connections;
    private final Jdbi jdbi;
    private final FailureSentences failures;
    private final boolean h2;

    private Database(HikariDataSource connections, FailureSentences failures, boolean h2) {
        this.connections = connections;
        this.jdbi = Jdbi.create(connections);
        this.failures = failures;
        this.h2 = h2;
    }

    /** @throws StorageException when it cannot be opened; the sentence says what to do */
    public static Database open(DatabaseAddress address) {
        FailureSentences failures = new FailureSentences(address.place());
        try {
            HikariDataSource connections = new HikariDataSource(configuration(address));
            return migrated(connections, failures);
        } catch (RuntimeException | IOException e) {
            throw failures.explain(e);
        }
    }

    private static HikariConfig configuration(DatabaseAddress address) throws IOException {
        HikariConfig config = new HikariConfig();
        config.setPoolName("orchestrator");
        config.setMaximumPoolSize(CONNECTIONS);
        switch (address) {
            case DatabaseAddress.Embedded(Path folder) -> {
                Files.createDirectories(folder);
                Path file = folder.toAbsolutePath().normalize().resolve("orchestrator");
                config.setJdbcUrl("jdbc:h2:file:" + file + H2_OPTIONS);
            }
            case DatabaseAddress.Jdbc(String url, String user, String password) -> {
                config.setJdbcUrl(url);
                if (!user.isEmpty()) config.setUsername(user);
                if (!password.isEmpty()) config.setPassword(password);
            }
        }
        return config;
    }

    private static Database migrated(HikariDataSource connections, FailureSentences failures) {
        try {
            new Schema(connections).bringUpToDate();
            boolean h2 = connections.getJdbcUrl().startsWith("jdbc:h2:");
            return new Database(connections, failures, h2);
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    public LedgerStore ledger() {
        return new LedgerStore(this);
    }

    public ReceiptStore receipts() {
        return new ReceiptStore(this);
    }

    public ApiKeyStore apiKeys() {
        return new ApiKeyStore(this);
    }

    public HostStore hosts() {
        return new HostStore(this);
    }

    public ModelCatalogStore models() {
        return new ModelCatalogStore(this);
    }

    /** Runs a query; what goes wrong comes out as a {@link StorageException}. */
    <T> T read(Function<Handle, T> query) {
        try {
            return jdbi.withHandle(query::apply);
        } catch (RuntimeException e) {
            throw failures.explain(e);
        }
    }

    /** Runs one transaction: all of it happens, or nothing. When this returns, no crash undoes it. */
    void write(Consumer<Handle> changes) {
        writing(handle -> {
            changes.accept(handle);
            return true;
        });
    }

    /** Like {@link #write}, with an answer. */
    <T> T writing(Function<Handle, T> changes) {
        try {
            T answer = jdbi.inTransaction(changes::apply);
            makeDurable();
            return answer;
        } catch (RuntimeException e) {
            throw failures.explain(e);
        }
    }

    /**
     * Forces committed transactions to the disk. H2 does not do so at commit: it writes up to half a second later and
     * leaves the rest to the operating system. PostgreSQL has done it already ({@code synchronous_commit = on}).
     */
    void makeDurable() {
        if (h2) jdbi.useHandle(handle -> handle.execute("checkpoint sync"));
    }

    @Override
    public void close() {
        connections.close();
    }
}
