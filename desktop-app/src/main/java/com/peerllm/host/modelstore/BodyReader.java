package com.peerllm.host.modelstore;

import com.peerllm.host.kernel.Cancellation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/** Asks for what is missing of a file and writes it, until the file is whole. */
final class BodyReader {
    private static final int CHUNK_BYTES = 64 << 10;

    /** Where free space is looked at again: other programs write too. */
    private static final long LOOK_EACH_BYTES = 256L << 20;

    private static final byte[] GGUF = "GGUF".getBytes(StandardCharsets.US_ASCII);

    private final PartFile part;
    private final Wanted wanted;
    private final FetchParts parts;
    private final DiskRoom room;
    private final Bandwidth bandwidth;
    private final ReceivedBytes received;
    private long lookedAtBytes;

    BodyReader(
            PartFile part,
            Wanted wanted,
            FetchParts parts,
            DiskRoom room,
            Bandwidth bandwidth,
            ReceivedBytes received) {
        this.part = part;
        this.wanted = wanted;
        this.parts = parts;
        this.room = room;
        this.bandwidth = bandwidth;
        this.received = received;
        received.at(part.length());
        received.of(part.note().sizeBytes());
    }

    /** @return the size of the whole file, which is on the disk */
    long readAll(UnaryOperator<Call> watched, Cancellation cancellation) throws IOException, FetchTrouble {
        while (!isWhole()) {
            long before = part.length();
            request(watched, cancellation);
            if (part.length() == before && !isWhole()) throw FetchTrouble.again("The server sent nothing.");
        }
        part.force();
        return part.length();
    }

    private boolean isWhole() {
        OptionalLong size = part.note().sizeBytes();
        return size.isPresent() && part.length() == size.getAsLong() && size.getAsLong() > 0;
    }

    private void request(UnaryOperator<Call> watched, Cancellation cancellation) throws IOException, FetchTrouble {
        cancellation.check();
        Request.Builder request =
                new Request.Builder().url(wanted.source().toString()).header("Accept-Encoding", "identity");
        if (part.length() > 0) {
            request.header("Range", "bytes=" + part.length() + "-");
            part.note().etag().ifPresent(tag -> request.header("If-Range", tag));
        }
        try (Response response =
                watched.apply(parts.http().newCall(request.build())).execute()) {
            HttpReply reply = HttpReply.of(response, parts.clock().instant());
            ReplyRules.Body body = accepted(reply);
            part.tell(body.etag(), OptionalLong.of(body.total()));
            received.of(OptionalLong.of(body.total()));
            checkRoom(body.total());
            if (body.bytes() > 0) copy(response.body().source(), body, cancellation);
        }
    }

    private ReplyRules.Body accepted(HttpReply reply) throws IOException, FetchTrouble {
        try {
            return ReplyRules.body(reply, part.length(), part.note(), wanted.sizeBytes(), wanted.ordered());
        } catch (FetchTrouble e) {
            if (e.next() == FetchTrouble.Next.ANEW) {
                part.startAnew();
                received.at(0);
            }
            throw e;
        }
    }

    private void copy(BufferedSource source, ReplyRules.Body body, Cancellation cancellation)
            throws IOException, FetchTrouble {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        if (part.length() == 0 && wanted.kind() == Wanted.Kind.MODEL) checkKind(source);
        for (long rest = body.bytes(); rest > 0; ) {
            int most = (int) Math.min(rest, bandwidth.chunk(CHUNK_BYTES));
            int read = source.read(chunk.clear().limit(most));
            if (read < 0) break;
            rest -= read;
            write(chunk.flip(), body.total());
            received.at(part.length());
            spend(read);
            cancellation.check();
        }
    }

    /** A page that asks to sign in is no model, however long it is. */
    private static void checkKind(BufferedSource source) throws IOException, FetchTrouble {
        if (!source.request(GGUF.length)) return;
        for (int i = 0; i < GGUF.length; i++) {
            if (source.getBuffer().getByte(i) == GGUF[i]) continue;
            throw FetchTrouble.person(
                    "What the source sends is no model file (GGUF), perhaps a page for people. Check the"
                            + " address; it must be that of the file itself.");
        }
    }

    private void write(ByteBuffer bytes, long total) throws IOException, FetchTrouble {
        try {
            part.write(bytes);
        } catch (IOException e) {
            long rest = Math.max(bytes.remaining(), total - part.length());
            String sentence = room.shortageAfter(e, folder(), rest)
                    .orElse("The file could not be written in " + folder()
                            + ". Check its permissions and its disk, then resume; what was received is kept.");
            throw FetchTrouble.person(sentence, e);
        }
        if (part.length() - lookedAtBytes >= LOOK_EACH_BYTES) checkRoom(total);
    }

    private void checkRoom(long total) throws IOException, FetchTrouble {
        lookedAtBytes = part.length();
        Optional<String> shortage = room.shortage(folder(), total - part.length());
        if (shortage.isPresent()) throw FetchTrouble.person(shortage.get());
    }

    private Path folder() {
        return wanted.target().getParent();
    }

    private void spend(int bytes) {
        try {
            bandwidth.spend(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted");
        }
    }
}
