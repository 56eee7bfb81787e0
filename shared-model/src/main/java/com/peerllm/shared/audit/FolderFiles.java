package com.peerllm.shared.audit;

import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.Tile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A log's files in a folder: the orchestrator's own, or a mirror's. */
public record FolderFiles(Path folder) implements LogFiles {
    @Override
    public byte[] checkpoint() throws IOException {
        return read("checkpoint", SignedNote.MAX_BYTES);
    }

    /** A partial tile that is not there is cut from a wider one: a mirror's tiles may be newer than its checkpoint. */
    @Override
    public byte[] read(Tile tile) throws IOException {
        try {
            return read(tile.path(), LogFiles.mostBytes(tile));
        } catch (MissingFile gone) {
            for (int width = tile.width() + 1; width < Tile.WIDTH; width++) {
                Tile wider = new Tile(tile.level(), tile.index(), width);
                if (!Files.exists(folder.resolve(wider.path()))) continue;
                return GrowingFiles.cut(read(wider.path(), LogFiles.mostBytes(wider)), tile);
            }
            throw gone;
        }
    }

    private byte[] read(String path, int mostBytes) throws IOException {
        Path file = folder.resolve(path);
        if (Files.isDirectory(file)) throw new MissingFile(path);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) throw new InvalidLogData(path + " has more than " + mostBytes + " bytes");
            return bytes;
        } catch (NoSuchFileException e) {
            throw new MissingFile(path);
        }
    }
}
