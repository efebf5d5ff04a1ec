#!/usr/bin/env bash
# run-job.sh OUTPUTS STACK: runs the job of a stack once, with its output run_task from a file of npm run deploy, and ends with
# 0 only if every container did. Each of TRIES (default 1) waits at most ten minutes. Needs the AWS CLI and Node.
set -euo pipefail

outputs=${1:?usage: run-job.sh OUTPUTS STACK}
stack=${2:?usage: run-job.sh OUTPUTS STACK}

# Prints what a JavaScript expression makes of the JSON on stdin, which it calls `json`.
query() {
  node -e "const json = JSON.parse(require('fs').readFileSync(0)); const found = $1; if (found !== undefined) console.log(found)"
}

input=$(query "JSON.stringify(json['$stack']?.run_task)" <"$outputs")
if [[ -z $input ]]; then
  echo "$outputs has no output run_task of $stack; deploy that job with --outputs-file" >&2
  exit 1
fi

started=$(aws ecs run-task --cli-input-json "$input" --output json)
task=$(query "json.tasks[0]?.taskArn" <<<"$started")
if [[ -z $task ]]; then
  echo "ECS did not start $stack: $(query "json.failures.map(({ reason }) => reason).join(', ')" <<<"$started")" >&2
  exit 1
fi
cluster=$(query "json.cluster" <<<"$input")
echo "started $task"

for ((try = 0; try < ${TRIES:-1}; try++)); do
  aws ecs wait tasks-stopped --cluster "$cluster" --tasks "$task" && break
done

stopped=$(aws ecs describe-tasks --cluster "$cluster" --tasks "$task" --output json)
query "json.tasks[0].containers.map(({ name, exitCode, reason }) => [name, exitCode ?? 'has no exit code', reason].filter((part) => part !== undefined).join(': ')).join('\n')" <<<"$stopped"
query "json.tasks[0].stoppedReason" <<<"$stopped"
succeeded=$(query "json.tasks[0].lastStatus === 'STOPPED' && json.tasks[0].containers.every(({ exitCode }) => exitCode === 0)" <<<"$stopped")
[[ $succeeded == true ]]
