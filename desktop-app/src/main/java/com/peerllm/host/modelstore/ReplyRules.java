package com.peerllm.host.modelstore;

import com.peerllm.host.kernel.ByteSize;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides what an answer to a request for the rest of a file is worth. Pure.
 *
 * <p>Only bytes that were asked for are ever written: a server that ignores the range starts the file anew, one that sends
 * another part, or a part of another file, is not listened to.
 */
final class ReplyRules {
    private ReplyRules() {}

    /**
     * What is to be written.
     *
     * @param from where in the file; 0 starts anew
     * @param bytes that follow at most
     * @param total size of the whole file
     */
    record Body(long from, long bytes, long total, Optional<String> etag) {}

    /**
     * @param have bytes that are on the disk; the request asked for what follows
     * @param note what is known of the file
     * @param pinned the size that the order or the publisher's listing told
     * @param ordered whether it was the order: another size then is not the file that was ordered
     */
    static Body body(HttpReply reply, long have, PartNote note, OptionalLong pinned, boolean ordered)
            throws FetchTrouble {
        if (reply.encoded())
            throw FetchTrouble.person("The server sends the file compressed, which cannot be gone on with.");
        return switch (reply.status()) {
            case 200 -> fromStart(reply, have, note, pinned, ordered);
            case 206 -> rest(reply, have, note, pinned, ordered);
            case 416 -> nothingLeft(reply, have, note);
            default -> throw ReplyTroubles.of(reply);
        };
    }

    private static Body fromStart(HttpReply reply, long have, PartNote note, OptionalLong pinned, boolean ordered)
            throws FetchTrouble {
        OptionalLong total = reply.contentLength().isPresent() ? reply.contentLength() : pinned;
        checkSize(total, pinned, ordered);
        if (have == 0) return new Body(0, known(total), known(total), reply.etag());
        if (differs(total, note.sizeBytes()) || otherTag(reply, note)) throw changed();
        throw FetchTrouble.anew(
                "The source cannot go on in the middle of a file; it is downloaded anew from the beginning.");
    }

    private static Body rest(HttpReply reply, long have, PartNote note, OptionalLong pinned, boolean ordered)
            throws FetchTrouble {
        HttpReply.Range range = reply.range().orElseThrow(ReplyRules::wrongPart);
        if (range.first() != have || range.last() < range.first()) throw wrongPart();
        long bytes = range.last() - range.first() + 1;
        if (reply.contentLength().isPresent() && reply.contentLength().getAsLong() != bytes) throw wrongPart();
        OptionalLong total = range.total();
        if (total.isPresent() && range.last() >= total.getAsLong()) throw wrongPart();
        checkSize(total, pinned, ordered);
        if (differs(total, note.sizeBytes()) || otherTag(reply, note)) throw changed();
        long whole = known(total.isPresent() ? total : note.sizeBytes());
        return new Body(have, Math.min(bytes, whole - have), whole, reply.etag().or(note::etag));
    }

    private static Body nothingLeft(HttpReply reply, long have, PartNote note) throws FetchTrouble {
        OptionalLong total = reply.totalOfUnsatisfied();
        boolean whole = total.isPresent() && total.getAsLong() == have && !differs(total, note.sizeBytes());
        if (!whole) throw changed();
        return new Body(have, 0, have, note.etag());
    }

    /** What has no end cannot be given room. */
    private static long known(OptionalLong total) throws FetchTrouble {
        if (total.isPresent() && total.getAsLong() > 0) return total.getAsLong();
        throw FetchTrouble.person("The source does not tell how big the file is. Try another source.");
    }

    private static boolean otherTag(HttpReply reply, PartNote note) {
        return note.etag().isPresent()
                && reply.etag().isPresent()
                && !note.etag().equals(reply.etag());
    }

    private static void checkSize(OptionalLong told, OptionalLong wanted, boolean ordered) throws FetchTrouble {
        if (!differs(told, wanted)) return;
        if (!ordered) throw changed();
        throw FetchTrouble.person("The file at the source is not the one that was ordered: it has "
                + ByteSize.inWords(told.getAsLong()) + " (" + told.getAsLong() + " bytes), ordered were "
                + wanted.getAsLong() + " bytes. Cancel it and look for the file's new place.");
    }

    private static boolean differs(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent() && one.getAsLong() != other.getAsLong();
    }

    private static FetchTrouble changed() {
        return FetchTrouble.anew("The file changed at its source; it is downloaded anew from the beginning.");
    }

    private static FetchTrouble wrongPart() {
        return FetchTrouble.again("The server sent another part of the file than was asked for.");
    }
}
