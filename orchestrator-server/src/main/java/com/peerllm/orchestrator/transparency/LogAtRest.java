package com.peerllm.orchestrator.transparency;

import com.peerllm.orchestrator.storage.Database;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.LogVerifier;
import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.TileSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Checks the files of a log that nobody publishes at the moment. */
public final class LogAtRest {
    private final LogFolder folder;
    private final Database database;
    private final PeerKey key;

    /** @param key of the orchestrator */
    public LogAtRest(Path folder, Database database, PeerKey key) {
        this.folder = new LogFolder(folder, Boundary.NONE);
        this.database = database;
        this.key = key;
    }

    public LogReport check() throws IOException {
        Optional<byte[]> file = folder.note(LogFolder.CHECKPOINT);
        Optional<String> remembered = database.checkpoints().last();
        try {
            return file.isPresent() ? check(file.get(), folder) : atRemembered(remembered, "the file is missing");
        } catch (InvalidLogData e) {
            return atRemembered(remembered, e.getMessage());
        }
    }

    /** Without a checkpoint file, the tiles are held against the checkpoint that the database remembers. */
    private LogReport atRemembered(Optional<String> remembered, String damage) throws IOException {
        LogReport tiles = remembered.isEmpty()
                ? new LogReport(0, 0, List.of(), Optional.empty())
                : check(remembered.get().getBytes(StandardCharsets.UTF_8), folder);
        return remembered.isEmpty() ? tiles : tiles.with(LogFolder.CHECKPOINT, damage);
    }

    private LogReport check(byte[] note, TileSource tiles) throws IOException {
        SignedNote signed = SignedNote.parse(note);
        String origin = Checkpoint.parse(signed.text()).origin();
        Checkpoint checkpoint = new LogVerifier(origin, key).open(signed);
        return new LogCheck(database.leaves()::range, tiles, () -> false).run(checkpoint);
    }
}
