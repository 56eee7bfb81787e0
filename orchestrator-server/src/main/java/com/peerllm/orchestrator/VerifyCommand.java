package com.peerllm.orchestrator;

import com.peerllm.orchestrator.auditor.HttpFiles;
import com.peerllm.orchestrator.auditor.HttpProofs;
import com.peerllm.shared.audit.MissingFile;
import com.peerllm.shared.audit.ReceiptInLog;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.InvalidKey;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.ledger.ReceiptVerifier;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.NoteKey;
import com.peerllm.shared.transparency.TlogProof;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks receipts: signatures, price and shares, and with a proof that they are in the transparency log. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Check receipts, as GET /v1/receipts/JOB gives them; needs no network but for --log.")
final class VerifyCommand implements Callable<Integer> {
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

    @Option(
            names = "--proof",
            paramLabel = "FILE",
            description = "Proves that the one receipt is in the log (GET /ledger/proof/receipt/JOB/SEGMENT).")
    private Optional<Path> proof;

    @Option(
            names = "--log",
            paramLabel = "URL",
            description = "Fetches the proofs from the orchestrator at this address.")
    private Optional<URI> log;

    @Option(names = "--witness", paramLabel = "VKEY", description = "Counts this witness's cosignatures of the proofs.")
    private List<String> witnesses = List.of();

    @Option(
            names = "--account",
            paramLabel = "NAME",
            description = "Whose receipts they must be, by the consumerSalt that the file holds.")
    private Optional<String> account;

    @Override
    public Integer call() {
        Optional<PeerKey> key = trusted.map(VerifyCommand::key);
        List<NoteKey> counted = witnesses.stream().map(this::witness).toList();
        List<ReceiptFile> read = files.stream().map(ReceiptFile::read).toList();
        long receipts = read.stream().mapToLong(file -> file.receipts().size()).sum();
        if (proof.isPresent() && (receipts != 1 || log.isPresent())) {
            throw new ParameterException(spec.commandLine(), "--proof is for one receipt; use --log for several.");
        }
        boolean allHold = true;
        for (ReceiptFile file : read) {
            for (Receipt receipt : file.receipts()) {
                boolean holds = check(receipt, key);
                if (account.isPresent()) holds &= checkOwner(receipt, file.consumerSalt());
                if (proof.isPresent() || log.isPresent()) holds &= checkLog(receipt, counted);
                allHold &= holds;
            }
        }
        return (allHold ? ExitCode.OK : ExitCode.RECEIPT_INVALID).number;
    }

    private boolean check(Receipt receipt, Optional<PeerKey> key) {
        ReceiptVerifier.Verdict verdict = ReceiptVerifier.verify(receipt, key);
        if (verdict.holds()) {
            print(
                    receipt,
                    "holds. " + receipt.host().pseudonym() + " delivered " + receipt.completionTokens()
                            + " tokens of " + receipt.model() + " for " + receipt.charged() + "; it got "
                            + receipt.hostShare()
                            + (verdict.hostSigned()
                                    ? "; signed by the host too"
                                    : "; the host left before it could sign"));
        } else {
            verdict.faults().forEach(fault -> print(receipt, "DOES NOT HOLD. " + fault + "."));
        }
        return verdict.holds();
    }

    private boolean checkOwner(Receipt receipt, Optional<String> salt) {
        AccountId owner = owner();
        boolean paid =
                salt.filter(each -> ReceiptInLog.isPaidBy(receipt, owner, each)).isPresent();
        String otherwise = salt.isEmpty()
                ? "NOT KNOWN whose it is: the file has no consumerSalt, which only a key of the owner gets."
                : "IS NOT paid by " + owner + ".";
        print(receipt, paid ? "paid by " + owner + "." : otherwise);
        return paid;
    }

    private AccountId owner() {
        try {
            return AccountId.of("consumer", account.orElseThrow());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
        }
    }

    private boolean checkLog(Receipt receipt, List<NoteKey> counted) {
        ReceiptInLog found;
        try {
            found = ReceiptInLog.check(receipt, TlogProof.parse(proofOf(receipt)), counted);
        } catch (MissingFile e) {
            print(receipt, "IS NOT IN THE LOG, says who keeps it (a receipt may be a second ahead of it).");
            return false;
        } catch (InvalidLogData e) {
            print(receipt, "NO PROOF. " + e.getMessage() + ".");
            return false;
        } catch (IOException e) {
            throw new StartException(ExitCode.UNREADABLE, "The proof cannot be read: " + e.getMessage() + ".", e);
        }
        if (found.fault().isPresent()) {
            print(receipt, "IS NOT IN THE LOG. " + found.fault().get() + ".");
            return false;
        }
        found.checkpoint()
                .ifPresent(checkpoint -> print(
                        receipt,
                        "in the log " + checkpoint.origin() + ", under its checkpoint of " + checkpoint.size()
                                + " leaves"
                                + (counted.isEmpty()
                                        ? "."
                                        : ", cosigned by "
                                                + found.cosignatures().size() + " of " + counted.size()
                                                + " witnesses.")));
        return true;
    }

    private String proofOf(Receipt receipt) throws IOException {
        if (proof.isPresent()) return Files.readString(proof.get());
        return HttpProofs.read(log.orElseThrow(), receipt.job(), receipt.segment(), HttpFiles.Patience.STANDARD);
    }

    private NoteKey witness(String vkey) {
        try {
            return NoteKey.parse(vkey);
        } catch (InvalidLogData e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
        }
    }

    private static PeerKey key(String text) {
        try {
            return PeerKey.parse(text);
        } catch (InvalidKey e) {
            throw new StartException(ExitCode.USAGE, e.getMessage() + ".", e);
        }
    }

    private void print(Receipt receipt, String line) {
        spec.commandLine().getOut().println(receipt.job() + " part " + receipt.segment() + ": " + line);
        spec.commandLine().getOut().flush();
    }
}
