package com.peerllm.orchestrator.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/**
 * Opens the pools of connections to a database: one for queries, and one for changes.
 *
 * <p>An H2 file can be open in one process only, so there both are the same. PostgreSQL lets everybody in; there the one
 * connection that makes changes holds a lock as long as it lives, and a second orchestrator is told so.
 */
record Connections(HikariDataSource readers, HikariDataSource writer) implements AutoCloseable {
    private static final int COUNT = 4;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /**
     * H2 without its own shutdown hook (the orchestrator closes it in its order), waiting up to 10 s for a table lock.
     */
    private static final String H2_OPTIONS = ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";

    private static final String POSTGRESQL = "jdbc:postgresql:";

    /** Said on every connection, so that nobody's later change of the server's settings reaches it. */
    private static final String FORCE_COMMITS = """
            select set_config('synchronous_commit',
                case current_setting('synchronous_commit') when 'off' then 'on'
                    else current_setting('synchronous_commit') end, false)""";

    /**
     * The lock of the orchestrator that makes changes; the number is made up. A connection of ours that broke may still
     * have it, because the server does not know yet, so that one is ended first. One that is just stopping is waited for.
     */
    private static final String TAKE_THE_LOCK = """
            ; select pg_terminate_backend(pid) from pg_stat_activity
                where application_name = '%s' and pid <> pg_backend_pid();
            set lock_timeout = '3s'; select pg_advisory_lock(5791237046118203); reset lock_timeout""";

    static Connections open(DatabaseAddress address, Disk disk) throws IOException {
        return switch (address) {
            case DatabaseAddress.Embedded(Path folder) -> {
                Files.createDirectories(folder);
                Path file = folder.toAbsolutePath().normalize().resolve("orchestrator");
                HikariConfig config = pool(COUNT);
                config.setJdbcUrl(disk.h2Prefix() + file + H2_OPTIONS);
                HikariDataSource both = new HikariDataSource(config);
                yield new Connections(both, both);
            }
            case DatabaseAddress.Jdbc elsewhere -> postgreSql(elsewhere);
        };
    }

    private static Connections postgreSql(DatabaseAddress.Jdbc address) {
        if (!address.url().startsWith(POSTGRESQL)) {
            throw new StorageException(
                    StorageException.Code.UNREACHABLE,
                    "This program has no driver for the database " + address.place()
                            + ". It works with PostgreSQL: jdbc:postgresql://HOST/NAME.");
        }
        String name = "peerllm-" + UUID.randomUUID();
        HikariConfig writing = postgreSqlPool(address, 1, FORCE_COMMITS + TAKE_THE_LOCK.formatted(name));
        writing.addDataSourceProperty("ApplicationName", name);
        writing.setMaxLifetime(0);
        HikariDataSource writer = new HikariDataSource(writing);
        try {
            return new Connections(new HikariDataSource(postgreSqlPool(address, COUNT, FORCE_COMMITS)), writer);
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    private static HikariConfig postgreSqlPool(DatabaseAddress.Jdbc address, int count, String firstWords) {
        HikariConfig config = pool(count);
        config.setJdbcUrl(address.url());
        if (!address.user().isEmpty()) config.setUsername(address.user());
        if (!address.password().isEmpty()) config.setPassword(address.password());
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionInitSql(firstWords);
        // Without this the first words stay in an open transaction, and a roll-back takes them away.
        config.setIsolateInternalQueries(true);
        // The driver's own defaults wait for ever for a server whose computer went away.
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("socketTimeout", "300");
        // A batch of inserts goes as one statement with many rows.
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return config;
    }

    private static HikariConfig pool(int count) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("orchestrator");
        config.setMaximumPoolSize(count);
        config.setAutoCommit(false);
        config.setConnectionTimeout(LONGEST_WAIT.toMillis());
        return config;
    }

    /** Throws the open connections away: after H2 has closed itself they are of no use, and new ones open it again. */
    void connectAgain() {
        readers.getHikariPoolMXBean().softEvictConnections();
        if (writer != readers) writer.getHikariPoolMXBean().softEvictConnections();
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
    }
}
