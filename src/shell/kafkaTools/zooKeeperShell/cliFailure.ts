/** A command of ZooKeeper's shell that fails: what it prints on stderr, and its exit code (`org.apache.zookeeper.cli.CliException`). */
export class CliFailure extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
