package com.peerllm.orchestrator.storage;

import com.peerllm.shared.identity.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;

/** The databases that the orchestrator works with; tests of the ledger and the storage run on each. */
public enum TestDatabase {
    /** A file in the test's folder. */
    H2 {
        @Override
        public DatabaseAddress in(Path folder) {
            return new DatabaseAddress.Embedded(folder);
        }

        @Override
        public Connection connect(Path folder) throws SQLException {
            return DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("orchestrator"));
        }
    },
    /** A database of the shared server. */
    POSTGRESQL {
        @Override
        public DatabaseAddress in(Path folder) {
            return PostgresServer.shared().database(name(folder));
        }

        @Override
        public Connection connect(Path folder) throws SQLException {
            return PostgresServer.shared().connect(name(folder));
        }

        private static String name(Path folder) {
            byte[] path = folder.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
            return "t_" + HexFormat.of().formatHex(Sha256.of(path), 0, 10);
        }
    };

    /** The database that belongs to this folder; the same each time. */
    public abstract DatabaseAddress in(Path folder);

    /** A connection beside the orchestrator's, to change tables behind its back. */
    public abstract Connection connect(Path folder) throws SQLException;
}
