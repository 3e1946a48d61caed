/** mongo-java-server: in memory only, for machines without Go. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './cache.ts'
import { runCommand } from './command.ts'
import { serve, type Served } from './serve.ts'

const VERSION = '1.47.0'
/** It says it is older than the driver accepts, though it knows all that the store asks of it; so it is told to say 4.4. */
const MAIN = `import de.bwaldvogel.mongo.*;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
public class Main {
  public static void main(String[] arguments) throws Exception {
    MongoVersion version = new MongoVersion() {
      public java.util.List<Integer> getVersionArray() { return java.util.List.of(4, 4, 0); }
      public int getWireVersion() { return 9; }
    };
    System.out.println("listening on " + new MongoServer(new MemoryBackend().version(version)).bind().getPort());
    Thread.currentThread().join();
  }
}
`

export const JAVA_SERVER = `mongo-java-server ${VERSION}`

/** @throws Error with what was tried */
export async function startJavaServer(say: (line: string) => void): Promise<Served> {
  const folder = cacheFolder(`mongo-java-server-${VERSION}`)
  const jars = join(folder, 'jars')
  if (!existsSync(join(folder, 'complete'))) {
    say(`Fetching ${JAVA_SERVER} for the contract tests, once …`)
    mkdirSync(jars, { recursive: true })
    writeFileSync(join(folder, 'pom.xml'), pom())
    const copy = ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${jars}`]
    await runCommand('mvn', copy, { cwd: folder, timeout: 300_000 })
    writeFileSync(join(folder, 'complete'), '')
  }
  writeFileSync(join(folder, 'Main.java'), MAIN)
  const classPath = readdirSync(jars).map(jar => join(jars, jar)).join(':')
  return serve('java', ['-cp', classPath, join(folder, 'Main.java')], /listening on (\d+)/, port => `mongodb://127.0.0.1:${port}/giaoban`)
}

function pom(): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
  <groupId>giao-ban</groupId><artifactId>contract</artifactId><version>1</version>
  <dependencies><dependency><groupId>de.bwaldvogel</groupId><artifactId>mongo-java-server</artifactId><version>${VERSION}</version></dependency></dependencies>
</project>
`
}
