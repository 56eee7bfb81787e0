package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.StorageException.Code;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.h2.api.ErrorCode;
import org.h2.jdbc.JdbcException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** Turns what drivers throw into a sentence for a person and a code for a program. */
final class FailureSentences {
    private final DatabaseAddress address;
    private final String place;

    FailureSentences(DatabaseAddress address) {
        this.address = address;
        this.place = address.place();
    }

    StorageException locked() {
        return new StorageException(Code.LOCKED, sentence(Code.LOCKED, new IllegalStateException()));
    }

    StorageException explain(Exception failure) {
        if (failure instanceof StorageException explained) return explained;
        Code code = code(failure);
        return new StorageException(code, sentence(code, failure), failure);
    }

    /** The first cause that tells anything; a full disk before all, because it hides behind other errors. */
    private static Code code(Throwable failure) {
        Optional<Code> found = Optional.empty();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (saysDiskFull(cause)) return Code.DISK_FULL;
            Optional<Code> here = ofOne(cause);
            // The lowest cause knows best: H2 reports "database closed" above the reason why it closed.
            if (here.isPresent()) found = here;
        }
        return found.orElse(Code.FAILED);
    }

    /**
     * Whether H2 could not make sense of its own file. It does not always notice that as damage: it also reports faults
     * inside itself.
     */
    static boolean isDamageOfH2(StorageException failure) {
        if (failure.code() != Code.DAMAGED && failure.code() != Code.FAILED) return false;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof LoggedTables.LeftOverRows) return true;
            if (cause instanceof MVStoreException || cause instanceof JdbcException) return true;
        }
        return false;
    }

    private static Optional<Code> ofOne(Throwable cause) {
        return switch (cause) {
            // Ids, amounts and keys refuse what they cannot be: then the row was not written by this program.
            case IllegalArgumentException unreadable -> Optional.of(Code.DAMAGED);
            case LoggedTables.LeftOverRows leftOver -> Optional.of(Code.DAMAGED);
            case StorageException explained -> Optional.of(explained.code());
            case AccessDeniedException denied -> Optional.of(Code.NOT_PERMITTED);
            case MVStoreException store -> ofStore(store.getErrorCode());
            case SQLException sql
            when sql.getErrorCode() != 0 -> ofH2(sql.getErrorCode()).or(() -> ofState(sql));
            case SQLException sql -> ofState(sql);
            default -> Optional.empty();
        };
    }

    private static Optional<Code> ofStore(int errorCode) {
        return switch (errorCode) {
            case DataUtils.ERROR_FILE_LOCKED -> Optional.of(Code.LOCKED);
            case DataUtils.ERROR_FILE_CORRUPT, DataUtils.ERROR_UNSUPPORTED_FORMAT, DataUtils.ERROR_CHUNK_NOT_FOUND ->
                Optional.of(Code.DAMAGED);
            case DataUtils.ERROR_CLOSED -> Optional.of(Code.UNREACHABLE);
            default -> Optional.empty();
        };
    }

    private static Optional<Code> ofH2(int errorCode) {
        return switch (errorCode) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 -> Optional.of(Code.LOCKED);
            case ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1 -> Optional.of(Code.DAMAGED);
            case ErrorCode.DATABASE_IS_CLOSED, ErrorCode.DATABASE_CALLED_AT_SHUTDOWN -> Optional.of(Code.UNREACHABLE);
            case ErrorCode.DATABASE_IS_READ_ONLY -> Optional.of(Code.NOT_PERMITTED);
            default -> Optional.empty();
        };
    }

    /** SQLSTATEs: classes that the standard fixes, and PostgreSQL's own. */
    private static Optional<Code> ofState(SQLException sql) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        return switch (state) {
            case "53100" -> Optional.of(Code.DISK_FULL);
            // It waited in vain for the lock that Connections takes, or for a table.
            case "55P03" -> Optional.of(Code.LOCKED);
            // Being stopped, crashed, starting, or as many connections as it takes.
            case "57P01", "57P02", "57P03", "57P05", "53300" -> Optional.of(Code.UNREACHABLE);
            // No such database, no right to it, or a copy that takes no changes.
            case "3D000", "42501", "25006" -> Optional.of(Code.NOT_PERMITTED);
            case "XX001", "XX002" -> Optional.of(Code.DAMAGED);
            default -> ofClass(state);
        };
    }

    /** 08: no connection, 23: a constraint, 28: who it is was not believed. */
    private static Optional<Code> ofClass(String state) {
        if (state.startsWith("08")) return Optional.of(Code.UNREACHABLE);
        if (state.startsWith("23")) return Optional.of(Code.CONFLICT);
        if (state.startsWith("28")) return Optional.of(Code.NOT_PERMITTED);
        return Optional.empty();
    }

    private static boolean saysDiskFull(Throwable cause) {
        if (!(cause instanceof IOException) || cause.getMessage() == null) return false;
        String message = cause.getMessage().toLowerCase(Locale.ROOT);
        return message.contains("no space left")
                || message.contains("not enough space")
                || message.contains("quota exceeded");
    }

    private String sentence(Code code, Throwable failure) {
        return switch (address) {
            case DatabaseAddress.Embedded folder -> ofFolder(code, failure);
            case DatabaseAddress.Jdbc elsewhere -> ofServer(code, failure);
        };
    }

    private String ofFolder(Code code, Throwable failure) {
        return switch (code) {
            case LOCKED ->
                "Another orchestrator is using this data folder (" + place
                        + "). Stop it first, or choose another folder with --data.";
            case DAMAGED ->
                "The database in " + place
                        + " cannot be read: its file is damaged or is no PeerLLM database. Move orchestrator.mv.db away"
                        + " and start again, and it is made anew from the journal folder beside it; or restore the data"
                        + " folder from a backup.";
            case DISK_FULL -> "The disk that holds " + place + " is full. Free some space; nothing written is lost.";
            case NOT_PERMITTED ->
                "This user may not read or write " + place + ". Change its permissions, or choose another folder with"
                        + " --data.";
            case UNREACHABLE -> "The database at " + place + " cannot be reached. Is it running?";
            case CONFLICT -> conflict();
            case SCHEMA_TOO_NEW, NOT_DURABLE, FAILED ->
                "The database at " + place + " failed: " + first(failure)
                        + ". If that comes again, move orchestrator.mv.db away and start again, and it is made anew from"
                        + " the journal folder beside it.";
        };
    }

    private String ofServer(Code code, Throwable failure) {
        return switch (code) {
            case LOCKED ->
                "Another orchestrator is using the database at " + place
                        + ". Stop it first, or choose another database with --database.";
            case DAMAGED ->
                "The database at " + place
                        + " holds what PeerLLM did not write, or is damaged. Restore it from a backup, or choose another"
                        + " with --database.";
            case DISK_FULL ->
                "The disk of the database at " + place + " is full. Free some space; nothing written is lost.";
            case NOT_PERMITTED ->
                "The database at " + place + " does not let this user in, or not make changes (" + first(failure)
                        + "). Check its name, --database-user and --database-password-file; the user must own the"
                        + " database.";
            case UNREACHABLE ->
                "The database at " + place + " cannot be reached. Is it running, and are address and port right?";
            case CONFLICT -> conflict();
            case SCHEMA_TOO_NEW, NOT_DURABLE, FAILED -> "The database at " + place + " failed: " + first(failure);
        };
    }

    private String conflict() {
        return "The database at " + place
                + " already holds what was to be written. Is another orchestrator using it? Stop one of them.";
    }

    private static String first(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null) last = last.getCause();
        String name = last.getClass().getSimpleName();
        return last instanceof SQLException sql && sql.getSQLState() != null
                ? name + ", SQLSTATE " + sql.getSQLState()
                : name;
    }
}
