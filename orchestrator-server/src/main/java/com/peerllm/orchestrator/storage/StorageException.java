package com.peerllm.orchestrator.storage;

/** The database cannot do what was asked; the message is a sentence that says what happened and what to do. */
public final class StorageException extends RuntimeException {

    /** What kind of trouble, for exit codes and for deciding whether trying again can help. */
    public enum Code {
        /** Another process has the data folder open, or the lock of the database. */
        LOCKED(false),
        /** A newer version of this program wrote the tables. */
        SCHEMA_TOO_NEW(false),
        /** The file is not a database, or bytes in it are wrong. */
        DAMAGED(false),
        /** There is no room to write. */
        DISK_FULL(true),
        /** The folder, file or database may not be read or written by this user. */
        NOT_PERMITTED(false),
        /** The database cannot be reached, or closed in between. */
        UNREACHABLE(true),
        /** Another program wrote to this ledger in between, or an id was used twice: going on would spoil it. */
        CONFLICT(false),
        /** The database is set up so that it can lose what it has confirmed. */
        NOT_DURABLE(false),
        /** Anything else. */
        FAILED(true);

        private final boolean mayPass;

        Code(boolean mayPass) {
            this.mayPass = mayPass;
        }

        /** Whether the same attempt may succeed later without anybody restarting the program. */
        public boolean mayPass() {
            return mayPass;
        }
    }

    private final Code code;

    public StorageException(Code code, String sentence) {
        super(sentence);
        this.code = code;
    }

    public StorageException(Code code, String sentence, Throwable cause) {
        super(sentence, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
