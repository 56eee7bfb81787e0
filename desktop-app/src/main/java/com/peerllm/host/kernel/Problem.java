package com.peerllm.host.kernel;

/** The kinds of problem that a person or a script tells apart; the command line gives each its exit code. */
public enum Problem {
    /** An argument or a setting that cannot be. */
    USAGE,
    /** A model file that is missing, damaged or of a kind that cannot be used. */
    BAD_MODEL,
    /** The model does not fit in memory. */
    NOT_ENOUGH_MEMORY,
    /** The orchestrator cannot be reached, is not who it was, or does not take this host. */
    ORCHESTRATOR,
    /** Another program uses the data folder. */
    DATA_FOLDER_IN_USE,
    /** The data folder, a file or the database in it cannot be read or written. */
    DATA_FOLDER_BROKEN,
    /** The engine is missing, does not fit this computer, or keeps failing. */
    ENGINE,
    /** A publisher of models cannot be reached, or answers what cannot be used. */
    PUBLISHER,
    /** A file could not be fetched, or has no room on the disk. */
    DOWNLOAD,
    /** A newer version of the program cannot be taken or brought into use. */
    UPDATE
}
