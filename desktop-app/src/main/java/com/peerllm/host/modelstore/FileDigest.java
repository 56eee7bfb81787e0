package com.peerllm.host.modelstore;

import com.peerllm.host.kernel.Cancellation;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.model.ModelDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/** Computes the SHA-256 of a big file, and copies it in the same pass when asked to. */
public final class FileDigest {
    private static final int CHUNK_BYTES = 4 << 20;
    private static final long TELL_EACH_BYTES = 64L << 20;

    private FileDigest() {}

    /**
     * @param copyTo where the bytes go too
     * @throws java.util.concurrent.CancellationException when it is cancelled
     */
    public static ModelDigest of(
            Path file, Optional<? extends WritableByteChannel> copyTo, HashProgress progress, Cancellation cancellation)
            throws IOException {
        MessageDigest digest = Sha256.digest();
        try (FileChannel in = FileChannel.open(file)) {
            long total = in.size();
            long done = 0;
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk.clear())) {
                cancellation.check();
                digest.update(chunk.flip());
                if (copyTo.isPresent()) write(chunk.rewind(), copyTo.get());
                if (done / TELL_EACH_BYTES != (done += read) / TELL_EACH_BYTES) progress.at(done, total);
            }
            progress.at(done, total);
        }
        return ModelDigest.of(digest.digest());
    }

    private static void write(ByteBuffer chunk, WritableByteChannel to) throws IOException {
        while (chunk.hasRemaining()) to.write(chunk);
    }
}
