package com.peerllm.orchestrator.auditor;

import com.peerllm.shared.audit.MissingFile;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.transparency.SignedNote;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Fetches the proof that a receipt is in an orchestrator's log. */
public final class HttpProofs {
    /** The checkpoint, and the hashes of a path. */
    private static final int MOST_BYTES = SignedNote.MAX_BYTES + 64 * 1024;

    private HttpProofs() {}

    /**
     * @param orchestrator its address
     * @return the proof's text, unchecked
     * @throws MissingFile when the orchestrator says that it is not in the log
     */
    public static String read(URI orchestrator, JobId job, int segment, HttpFiles.Patience patience)
            throws IOException {
        try (HttpReader reader = new HttpReader(orchestrator, patience)) {
            return new String(
                    reader.read("ledger/proof/receipt/" + job + "/" + segment, MOST_BYTES), StandardCharsets.UTF_8);
        }
    }
}
