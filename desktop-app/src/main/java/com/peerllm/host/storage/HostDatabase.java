package com.peerllm.host.storage;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.OwnerOnly;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Jdbi;

/** The host's H2 database: one file in the data folder, for one program at a time. */
public final class HostDatabase implements AutoCloseable {
    private static final int CONNECTIONS = 4;

    private final HikariDataSource pool;
    private final ModelTable models;
    private final ReceiptTable receipts;
    private final ModelRunTable runs;
    private final QuarantineTable quarantines;
    private final DigestPinTable digestPins;
    private final ListingTable listings;
    private final DownloadTable downloads;
    private final ChatTable chats;
    private final ComputingTable computing;
    private final PayoutTable payouts;

    private HostDatabase(HikariDataSource pool) {
        this.pool = pool;
        Jdbi jdbi = Jdbi.create(pool);
        models = new ModelTable(jdbi);
        receipts = new ReceiptTable(jdbi);
        runs = new ModelRunTable(jdbi);
        quarantines = new QuarantineTable(jdbi);
        digestPins = new DigestPinTable(jdbi);
        listings = new ListingTable(jdbi);
        downloads = new DownloadTable(jdbi);
        chats = new ChatTable(jdbi);
        computing = new ComputingTable(jdbi);
        payouts = new PayoutTable(jdbi);
    }

    /**
     * Opens the database and brings its tables up to date.
     *
     * @param file without H2's ending
     */
    public static HostDatabase open(Path file) {
        DataSource h2 = h2(file);
        // Once without the pool, which would try for seconds what fails for good.
        try (Connection _ = h2.getConnection()) {
            // It holds the person's chats, and the folder may be one that others can read.
            OwnerOnly.close(file.resolveSibling(file.getFileName() + ".mv.db"));
            return open(file, h2);
        } catch (SQLException | IOException e) {
            throw explained(file, e);
        }
    }

    private static HostDatabase open(Path file, DataSource h2) {
        HikariDataSource pool = new HikariDataSource(pool(h2));
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/host")
                    .load()
                    .migrate();
            return new HostDatabase(pool);
        } catch (RuntimeException e) {
            pool.close();
            throw explained(file, e);
        }
    }

    private static DataSource h2(Path file) {
        JdbcDataSource h2 = new JdbcDataSource();
        String path = file.toAbsolutePath().toString().replace(";", "\\;");
        // No trace file: it could hold the values of statements. The shutdown order is ours, not H2's exit hook's.
        h2.setURL("jdbc:h2:file:" + path + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0");
        h2.setUser("sa");
        h2.setPassword("");
        return h2;
    }

    private static HikariConfig pool(DataSource h2) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(h2);
        config.setPoolName("host-database");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        return config;
    }

    private static HostException explained(Path file, Exception e) {
        if (h2Code(e) == ErrorCode.DATABASE_ALREADY_OPEN_1) {
            return new HostException(
                    Problem.DATA_FOLDER_IN_USE,
                    "The database " + file + ".mv.db is in use by another program. Stop that program, or give this host"
                            + " its own folder with --data.",
                    e);
        }
        String newer = e instanceof FlywayException
                ? " It may be from a newer PeerLLM: update this one, or restore a copy of the file."
                : " Check the folder's permissions and free space, or restore a copy of the file.";
        return new HostException(
                Problem.DATA_FOLDER_BROKEN, "The database " + file + ".mv.db cannot be opened." + newer, e);
    }

    private static int h2Code(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() != 0) return sql.getErrorCode();
        }
        return 0;
    }

    public ModelTable models() {
        return models;
    }

    public ReceiptTable receipts() {
        return receipts;
    }

    public ModelRunTable runs() {
        return runs;
    }

    public QuarantineTable quarantines() {
        return quarantines;
    }

    public DigestPinTable digestPins() {
        return digestPins;
    }

    public ListingTable listings() {
        return listings;
    }

    public DownloadTable downloads() {
        return downloads;
    }

    public ChatTable chats() {
        return chats;
    }

    public ComputingTable computing() {
        return computing;
    }

    public PayoutTable payouts() {
        return payouts;
    }

    @Override
    public void close() {
        pool.close();
    }
}
