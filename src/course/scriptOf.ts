/** What a learner has typed to run a program of the simulator: Kafka's are scripts. */
export const scriptOf = (program: string): string =>
  program === 'kafka-server' || program === 'zookeeper-server'
    ? `${program}-start.sh`
    : /^(kafka|zookeeper)-/.test(program)
      ? `${program}.sh`
      : program;
