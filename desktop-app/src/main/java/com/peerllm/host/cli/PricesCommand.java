package com.peerllm.host.cli;

import com.peerllm.host.HostData;
import com.peerllm.host.Surroundings;
import com.peerllm.host.earnings.ModelTerms;
import com.peerllm.host.earnings.TermsClient;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.host.session.LinkHttp;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.settings.Asks;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.shared.money.TokenPrice;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import okhttp3.OkHttpClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peerllm host models prices}: on which terms the network takes this host's models, before they are served. */
@Command(
        name = "prices",
        mixinStandardHelpOptions = true,
        description = "Tell what each model costs on the network, and what of it this host keeps.")
final class PricesCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Option(
            names = "--orchestrator",
            paramLabel = "URL",
            description = "The orchestrator to ask. Without it: that of settings.json, else the one on this computer.")
    String orchestrator;

    @Option(names = "--allow-plaintext", description = "Ask another computer without encryption.")
    boolean allowPlaintext;

    @Option(names = "--ca", paramLabel = "FILE", description = "Certificates (PEM) to trust besides the usual ones.")
    Path ca;

    PricesCommand(Surroundings around) {
        this.around = around;
    }

    /**
     * For programs.
     *
     * @param ask of settings.json
     * @param kept of a million tokens, at the ask or else at the network's price
     */
    record Answer(String name, ModelTerms terms, Optional<TokenPrice> ask, TokenPrice kept) {}

    @Override
    public Integer call() {
        try (HostData data = common.open(around)) {
            data.models().starter();
            HostSettings settings = data.settings().current().get();
            Asks asks = Asks.of(settings);
            String given =
                    Optional.ofNullable(orchestrator).or(settings::orchestrator).orElse(StartCommand.ON_THIS_COMPUTER);
            OrchestratorAddress address = OrchestratorAddress.parse(given, allowPlaintext);
            OkHttpClient http = LinkHttp.client(Optional.ofNullable(ca), around.threads());
            try {
                TermsClient client = new TermsClient(http, address);
                List<Answer> answers = data.models().list().stream()
                        .map(model -> answer(model, client.of(model.digest()), asks))
                        .toList();
                if (common.json) Json.print(out(), answers);
                else answers.forEach(this::print);
                return ExitCode.OK.number();
            } finally {
                LinkHttp.close(http);
            }
        }
    }

    private static Answer answer(StoredModel model, ModelTerms terms, Asks asks) {
        Optional<TokenPrice> ask = asks.of(model.name());
        return new Answer(model.name(), terms, ask, terms.kept(ask.orElse(terms.networkPrice())));
    }

    private void print(Answer answer) {
        ModelTerms terms = answer.terms();
        out().println(answer.name() + ": the network's price is " + Asks.words(terms.networkPrice()) + ".");
        terms.lowestAsk().ifPresent(lowest -> {
            out().println("  " + terms.hosts() + " hosts serve it; the cheapest asks " + Asks.words(lowest)
                    + ", the one in the middle " + Asks.words(terms.medianAsk().orElse(lowest)) + ".");
        });
        out().println("  Of what is charged, " + percent(terms.split().networkBasisPoints()) + " is the network's"
                + terms.creator()
                        .map(creator -> ", and of the rest "
                                + percent(terms.split().royaltyBasisPoints()) + " " + creator + "'s")
                        .orElse("")
                + ".");
        out().println("  "
                + answer.ask()
                        .map(ask -> "You ask " + Asks.words(ask) + ", and keep ")
                        .orElse("You keep ") + Asks.words(answer.kept()) + ".");
    }

    private static String percent(int basisPoints) {
        return BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros().toPlainString() + " %";
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
