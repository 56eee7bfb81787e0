package com.peerllm.orchestrator.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * A real PostgreSQL for tests, from a library's jar. {@link #shared()} is one server for the whole run, ended with the
 * virtual machine; tests that kill their server have one of their own.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String TEMPLATE = "peerllm_template";
    private static final String DRIVER = "jdbc:postgresql://127.0.0.1:";

    private final Path data;
    /** Some thousand files each: the oldest go, or ending the server takes longer than the virtual machine waits. */
    private static final int MOST_DATABASES = 8;

    private final Deque<String> made = new ArrayDeque<>();
    private EmbeddedPostgres server;

    /** @param fleeting whether its files go when it ends */
    private PostgresServer(Path data, boolean fleeting) {
        this.data = data;
        this.server = start(data, 0, fleeting, true);
    }

    /** The server of the whole run; the calling test is skipped, with the reason, where none can run. */
    public static PostgresServer shared() {
        requireAble();
        return Shared.SERVER;
    }

    /** A server of the caller's own, with its files in this folder. */
    public static PostgresServer in(Path folder) {
        requireAble();
        return new PostgresServer(folder.resolve("postgresql"), false);
    }

    private static final class Shared {
        private static final PostgresServer SERVER = new PostgresServer(folder(), true);

        private static Path folder() {
            try {
                return Files.createTempDirectory("peerllm-postgresql");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void requireAble() {
        whyNot().ifPresent(reason -> {
            System.err.println("NOT TESTED ON POSTGRESQL: " + reason);
            Assumptions.abort(reason);
        });
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it is. */
    private static Optional<String> whyNot() {
        boolean isRoot = System.getProperty("user.name").equals("root");
        if (isRoot && !LinuxUtils.isUnshareAvailable()) {
            return Optional.of(
                    "PostgreSQL does not run as root, and `unshare -U` is not permitted here. Run the tests as"
                            + " another user.");
        }
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String archive = (system.startsWith("mac") ? "darwin" : system.split(" ")[0])
                + (System.getProperty("os.arch").equals("aarch64") ? "-arm_64" : "-x86_64");
        return PostgresServer.class.getResource("/postgres-" + archive + ".txz") == null
                ? Optional.of("There is no PostgreSQL for " + archive + " among the tests' libraries.")
                : Optional.empty();
    }

    /** @param port 0 for any free one */
    private static EmbeddedPostgres start(Path data, int port, boolean fleeting, boolean forcing) {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(fleeting)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    // The library's own are meant for tests that need not be durable.
                    .setServerConfig("fsync", forcing ? "on" : "off")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("shared_buffers", "32MB")
                    .setServerConfig("max_connections", "100");
            if (port != 0) builder.setPort(port);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A database of this name with the tables of the program, made at the first asking. */
    public DatabaseAddress.Jdbc database(String name) {
        synchronized (made) {
            if (!made.contains(TEMPLATE)) {
                sql("postgres", "create database " + TEMPLATE);
                Database.open(address(TEMPLATE)).close();
                made.addLast(TEMPLATE);
            }
            if (!made.contains(name)) {
                sql("postgres", "create database " + name + " template " + TEMPLATE);
                made.addLast(name);
            }
            if (made.size() > MOST_DATABASES) {
                made.removeFirst();
                sql("postgres", "drop database if exists " + made.removeFirst() + " with (force)");
                made.addFirst(TEMPLATE);
            }
        }
        return address(name);
    }

    /** Where a database of this name is, or would be. */
    public DatabaseAddress.Jdbc address(String name) {
        return new DatabaseAddress.Jdbc(DRIVER + server.getPort() + "/" + name, "postgres", "");
    }

    /** A connection of the test's own. */
    public Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(address(name).url(), "postgres", "");
    }

    public void sql(String database, String statement) {
        try (Connection connection = connect(database);
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** Ends the server and all its processes as {@code kill -9} does. */
    public void kill() {
        ProcessHandle postmaster = ProcessHandle.of(pid()).orElseThrow();
        var backends = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        backends.forEach(ProcessHandle::destroyForcibly);
        postmaster.onExit().join();
        backends.forEach(backend -> backend.onExit().join());
    }

    private long pid() {
        try {
            return Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a killed server again on the same files and the same port.
     *
     * @param forcing whether it forces what it writes to the disk
     */
    public void startAgain(boolean forcing) {
        int port = server.getPort();
        // Lets go of the library's lock on the files.
        close();
        server = start(data, port, false, forcing);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
