package com.peerllm.orchestrator.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** Opens the pool of connections to a database. */
final class Connections {
    private static final int COUNT = 4;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /**
     * H2 without its own shutdown hook (the orchestrator closes it in its order), waiting up to 10 s for a table lock.
     */
    private static final String H2_OPTIONS = ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";

    private Connections() {}

    static HikariDataSource open(DatabaseAddress address, Disk disk) throws IOException, SQLException {
        HikariConfig config = new HikariConfig();
        config.setPoolName("orchestrator");
        config.setMaximumPoolSize(COUNT);
        config.setAutoCommit(false);
        config.setConnectionTimeout(LONGEST_WAIT.toMillis());
        switch (address) {
            case DatabaseAddress.Embedded(Path folder) -> {
                Files.createDirectories(folder);
                Path file = folder.toAbsolutePath().normalize().resolve("orchestrator");
                config.setJdbcUrl(disk.h2Prefix() + file + H2_OPTIONS);
            }
            case DatabaseAddress.Jdbc(String url, String user, String password) -> {
                requireDriver(url, address.place());
                config.setJdbcUrl(url);
                if (!user.isEmpty()) config.setUsername(user);
                if (!password.isEmpty()) config.setPassword(password);
            }
        }
        return new HikariDataSource(config);
    }

    private static void requireDriver(String url, String place) throws SQLException {
        for (Driver driver : DriverManager.drivers().toList()) {
            if (driver.acceptsURL(url)) return;
        }
        throw new StorageException(
                StorageException.Code.UNREACHABLE,
                "This program has no driver for the database " + place + ". Use another kind of database.");
    }
}
