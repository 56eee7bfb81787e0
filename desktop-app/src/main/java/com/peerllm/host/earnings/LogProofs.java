package com.peerllm.host.earnings;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.shared.audit.ReceiptInLog;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.TlogProof;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Asks an orchestrator to prove that a receipt is in its transparency log, and checks the proof. */
public final class LogProofs {
    /** The checkpoint, and the hashes of a path. */
    private static final int MOST_BYTES = SignedNote.MAX_BYTES + 64 * 1024;

    private final OkHttpClient http;
    private final OrchestratorAddress address;

    public LogProofs(OkHttpClient http, OrchestratorAddress address) {
        this.http = http;
        this.address = address;
    }

    /**
     * Why a receipt is not shown to be in the log; empty when it is.
     *
     * @throws HostException {@code ORCHESTRATOR} when there is no answer: nothing is said about the receipt
     */
    public Optional<String> fault(Receipt receipt) {
        if (receipt.consumer().isEmpty()) return Optional.of("It is of before the log");
        HttpUrl url = address.http()
                .newBuilder()
                .addPathSegments("ledger/proof/receipt")
                .addPathSegment(receipt.job().value())
                .addPathSegment(Integer.toString(receipt.segment()))
                .build();
        try (Response response =
                http.newCall(new Request.Builder().url(url).build()).execute()) {
            if (response.code() == 404) return Optional.of("The orchestrator says that it is not in the log");
            if (!response.isSuccessful()) {
                throw failed("The orchestrator at " + address + " answered with HTTP " + response.code() + ".", null);
            }
            ResponseBody start = response.peekBody(MOST_BYTES);
            return ReceiptInLog.check(receipt, TlogProof.parse(start.string()), List.of())
                    .fault();
        } catch (InvalidLogData e) {
            return Optional.of("What should prove it to be in the log is no proof: " + e.getMessage());
        } catch (IOException e) {
            throw failed("Nothing answers at " + address + ". Check the address and the network.", e);
        }
    }

    private static HostException failed(String sentence, Exception cause) {
        return new HostException(Problem.ORCHESTRATOR, sentence, cause);
    }
}
