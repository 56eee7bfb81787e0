package com.peerllm.shared.reputation;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import java.util.List;
import java.util.Optional;

/**
 * A part of the evidence of one host with one model, or of its presence, in the order of its numbers: the answer of
 * {@code GET /hosts/HOST/evidence}.
 *
 * @param model empty for the host's presence
 * @param before what the forgotten evidence adds up to; the first piece that is still there has the next number
 * @param more whether there is more after the last piece
 */
public record EvidencePage(
        HostId host, Optional<ModelDigest> model, History before, List<Evidence> evidence, boolean more) {}
