package com.peerllm.host.modelstore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The two things that go wrong on a full disk, so that a test can fill one. */
public interface Disk {
    /** This computer's. */
    Disk REAL = new Disk() {
        @Override
        public long freeBytes(Path folder) throws IOException {
            return Files.getFileStore(folder).getUsableSpace();
        }

        @Override
        public void write(FileChannel to, ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) to.write(bytes);
        }
    };

    /** What this person may still write in this folder. */
    long freeBytes(Path folder) throws IOException;

    /** Writes all of it, or as much as there is room for and throws. */
    void write(FileChannel to, ByteBuffer bytes) throws IOException;
}
