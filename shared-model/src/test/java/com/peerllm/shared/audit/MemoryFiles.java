package com.peerllm.shared.audit;

import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.Tile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A log's files by their paths. */
final class MemoryFiles implements LogFiles {
    final Map<String, byte[]> files = new TreeMap<>();

    void put(String path, byte[] bytes) {
        files.put(path, bytes);
    }

    @Override
    public byte[] checkpoint() throws IOException {
        return read("checkpoint", Integer.MAX_VALUE);
    }

    @Override
    public byte[] read(Tile tile) throws IOException {
        return read(tile.path(), LogFiles.mostBytes(tile));
    }

    private byte[] read(String path, int most) throws IOException {
        byte[] bytes = files.get(path);
        if (bytes == null) throw new MissingFile(path);
        if (bytes.length > most) throw new InvalidLogData(path + " has more than " + most + " bytes");
        return bytes;
    }

    /** As a mirror has them. */
    void writeTo(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }
}
