package com.peerllm.host.answering;

import com.peerllm.host.answering.OwnModels.OwnModel;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.shared.money.Credits;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The assistant of the person at this computer: asks its models or the network, as {@link Hybrid} decides. */
public final class PersonalAssistant implements Assistant {
    private static final Logger log = LoggerFactory.getLogger(PersonalAssistant.class);

    private final OwnModels own;
    private final Network network;
    private final Ways ways;
    private final ThreadFactory threads;

    /** @param threads makes a thread for each question */
    public PersonalAssistant(OwnModels own, Network network, Signal<HostSettings> settings, ThreadFactory threads) {
        this.own = own;
        this.network = network;
        this.ways = new Ways(own, network, settings);
        this.threads = threads;
    }

    @Override
    public List<Answerer> answerers() {
        Stream<Answerer> here = own.list().stream()
                .filter(model -> model.features().isEmpty() || model.features().contains("chat"))
                .map(model -> new Answerer(Hybrid.LOCAL + model.name(), Place.LOCAL, model.name(), Optional.empty()));
        Stream<Answerer> there = hasNetworkKey() ? remote(network.knownModels()) : Stream.empty();
        return Stream.concat(here, there).toList();
    }

    @Override
    public boolean hasNetworkKey() {
        return network.key().isSet();
    }

    @Override
    public List<Answerer> readNetwork() {
        return remote(network.readModels()).toList();
    }

    private static Stream<Answerer> remote(List<NetworkModel> models) {
        return models.stream()
                .filter(NetworkModel::answersChats)
                .map(model -> new Answerer(Hybrid.NETWORK + model.id(), Place.NETWORK, model.id(), model.price()));
    }

    @Override
    public Optional<Credits> balance() {
        return network.balance();
    }

    @Override
    public Answering ask(Question question, Listener listener) {
        RunningAnswer answer = new RunningAnswer(listener);
        threads.newThread(() -> begin(question, answer)).start();
        return answer;
    }

    private void begin(Question question, RunningAnswer answer) {
        try {
            switch (ways.of(question.model())) {
                case Hybrid.Local(OwnModel model, Hybrid.Why why) -> askHere(model, why, question, answer);
                case Hybrid.Remote remote -> askNetwork(remote, question, answer);
                case Hybrid.Nowhere(String sentence, boolean _) -> answer.failed(sentence);
            }
        } catch (HostException e) {
            answer.failed(e.sentence());
        } catch (RuntimeException e) {
            log.error("A question could not be answered", e);
            answer.failed("Something unexpected happened; the log file says more.");
        }
    }

    private void askHere(OwnModel model, Hybrid.Why why, Question question, RunningAnswer answer) {
        answer.answeredBy(Place.LOCAL, model.name(), why.word());
        OwnAnswer hearing = new OwnAnswer(answer);
        answer.stoppedBy(own.generate(model.digest(), ChatWords.forThisComputer(question), hearing)::cancel);
    }

    private void askNetwork(Hybrid.Remote remote, Question question, RunningAnswer answer) {
        answer.answeredBy(Place.NETWORK, remote.id(), remote.why().word());
        try {
            new NetworkAnswer(network, answer).ask(remote.id(), question);
        } catch (HostException e) {
            if (remote.otherwise().isPresent() && !answer.hasText()) {
                askHere(remote.otherwise().get(), Hybrid.Why.NETWORK_FAILED, question, answer);
            } else {
                answer.failed(e.sentence());
            }
        }
    }
}
