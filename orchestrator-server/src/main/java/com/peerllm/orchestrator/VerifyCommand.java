package com.peerllm.orchestrator;

import com.peerllm.shared.identity.InvalidKey;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.ledger.ReceiptVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks receipts without a network: signatures, price and shares. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Check receipts, as GET /v1/receipts/JOB gives them; needs no network.")
final class VerifyCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "A receipt or a list of them in JSON; - is standard input.")
    private List<String> files;

    @Option(
            names = "--orchestrator-key",
            paramLabel = "KEY",
            description = "The key that must have signed (base64url).")
    private Optional<String> trusted;

    @Override
    public Integer call() {
        Optional<PeerKey> key = trusted.map(VerifyCommand::key);
        boolean allHold = true;
        for (String file : files) {
            for (Receipt receipt : receipts(file)) allHold &= check(receipt, key);
        }
        return (allHold ? ExitCode.OK : ExitCode.RECEIPT_INVALID).number;
    }

    private boolean check(Receipt receipt, Optional<PeerKey> key) {
        ReceiptVerifier.Verdict verdict = ReceiptVerifier.verify(receipt, key);
        String what = receipt.job() + " part " + receipt.segment() + ": ";
        if (verdict.holds()) {
            print(what + "holds. " + receipt.host().pseudonym() + " delivered " + receipt.completionTokens()
                    + " tokens of " + receipt.model() + " for " + receipt.charged() + "; it got " + receipt.hostShare()
                    + (verdict.hostSigned() ? "; signed by the host too" : "; the host left before it could sign"));
        } else {
            verdict.faults().forEach(fault -> print(what + "DOES NOT HOLD. " + fault + "."));
        }
        return verdict.holds();
    }

    private static List<Receipt> receipts(String file) {
        try {
            String text = file.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
            JsonNode json = JSON.readTree(text);
            List<Receipt> receipts = new ArrayList<>();
            if (json.path("data").isArray()) {
                for (JsonNode each : json.path("data")) receipts.add(JSON.treeToValue(each, Receipt.class));
            } else {
                receipts.add(JSON.treeToValue(json, Receipt.class));
            }
            return receipts;
        } catch (IOException e) {
            throw new StartException(ExitCode.USAGE, "The file " + file + " cannot be read.", e);
        } catch (JacksonException e) {
            throw new StartException(ExitCode.RECEIPT_INVALID, "The file " + file + " holds no receipt in JSON.", e);
        }
    }

    private static PeerKey key(String text) {
        try {
            return PeerKey.parse(text);
        } catch (InvalidKey e) {
            throw new StartException(ExitCode.USAGE, e.getMessage() + ".", e);
        }
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
