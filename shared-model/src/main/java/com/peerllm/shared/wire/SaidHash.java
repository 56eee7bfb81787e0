package com.peerllm.shared.wire;

import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.wire.AnswerChunk.Channel;
import com.peerllm.shared.wire.AnswerChunk.Part;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What a part of an answer says, as one hash: the same however it was cut into frames, so that another host that reads the same
 * ids can confirm it. Token path where a part is audited: one pass of SHA-256 over the text.
 *
 * <p>SHA-256 over the text in the order in which it was told. Where the channel changes, and where a call begins, stand the byte
 * 0xff, which UTF-8 does not have, and the channel's code. Log probabilities and parts without bytes count nothing: the former
 * differ in their last digits between computers.
 */
public final class SaidHash {
    private static final byte MARK = (byte) 0xff;

    private final MessageDigest sha256 = Sha256.digest();
    private Channel open;
    private String hex;

    /** @throws WireException when the chunk is not whole parts of known channels */
    public void add(AnswerChunk chunk) {
        if (chunk.parted()) {
            for (Part part : chunk.parts()) add(part.channel(), part.utf8());
        } else {
            add(Channel.CONTENT, chunk.bytes());
        }
    }

    private void add(Channel channel, byte[] utf8) {
        if (hex != null) throw new IllegalStateException("The hash is told already");
        if (utf8.length == 0 || channel == Channel.LOGPROBS) return;
        if (channel != open || channel == Channel.TOOL_CALL) {
            sha256.update(MARK);
            sha256.update((byte) channel.ordinal());
            open = channel;
        }
        sha256.update(utf8);
    }

    /** The hash of all that was added; after it was asked, nothing more can be added. */
    public String hex() {
        if (hex == null) hex = HexFormat.of().formatHex(sha256.digest());
        return hex;
    }
}
